package io.berth.bench.load;

import io.berth.bench.upstream.Transport;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** The one thread that makes all load but wrk's. */
@SuppressWarnings("FutureReturnValueIgnored") // Netty: failures reach exceptionCaught
public final class Wire implements AutoCloseable {

  private static final int CONNECT_MILLIS = 5_000;

  private final EventLoopGroup loop = Transport.oneLoop("load");

  EventExecutor executor() {
    return loop.next();
  }

  /** Opens a connection; if it can't, the phase fails. */
  ChannelFuture connect(Target target, Phase phase, Supplier<ChannelHandler> handler) {
    ChannelFuture connected =
        new Bootstrap()
            .group(loop)
            .channel(Transport.connecting())
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
            .option(
                ChannelOption.RCVBUF_ALLOCATOR,
                new AdaptiveRecvByteBufAllocator(256, 4_096, 262_144))
            .handler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    channel.pipeline().addLast(handler.get());
                  }
                })
            .connect(target.address());
    connected.addListener(
        (ChannelFutureListener)
            future -> {
              if (!future.isSuccess()) {
                phase.fail(future.cause());
              }
            });
    return connected;
  }

  @Override
  public void close() {
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }
}
