package io.berth.bench.upstream;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.SocketChannel;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.util.concurrent.TimeUnit;

/**
 * The fast server behind the proxies, on 127.0.0.1: a small answer, a large one, a WebSocket that
 * echoes and one that streams. As a process it ends when its standard input does.
 */
public final class Upstream implements AutoCloseable {

  private static final int BACKLOG = 4_096;

  private final EventLoopGroup loop = Transport.oneLoop("upstream");

  /** Listens on so many ports in a row; all serve the same. */
  public Upstream(int firstPort, int ports) {
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(loop)
            .channel(Transport.listening())
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(
                ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(131_072, 524_288))
            .childOption(
                ChannelOption.RCVBUF_ALLOCATOR, new AdaptiveRecvByteBufAllocator(64, 1_024, 65_536))
            .childHandler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel channel) {
                    channel.pipeline().addLast(new Requests());
                  }
                });
    for (int port = firstPort; port < firstPort + ports; port++) {
      bootstrap.bind(InetAddress.getLoopbackAddress(), port).syncUninterruptibly();
    }
  }

  @Override
  public void close() {
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }

  /** Serves the ports that its two arguments name (first, number) until standard input ends. */
  public static void main(String[] arguments) throws IOException {
    try (Upstream _ =
        new Upstream(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]))) {
      System.in.transferTo(OutputStream.nullOutputStream());
    }
  }
}
