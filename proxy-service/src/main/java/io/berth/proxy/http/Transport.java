package io.berth.proxy.http;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import java.util.concurrent.TimeUnit;

/** The event loops and the sockets on them: Linux' epoll where there is one, else plain NIO. */
public final class Transport implements AutoCloseable {

  /** Bytes written and not yet taken by a peer: above the high mark its source is not read. */
  private static final WriteBufferWaterMark WATER = new WriteBufferWaterMark(64 * 1024, 256 * 1024);

  /**
   * Bytes written before they are sent, while more is being read: small enough to be still in the
   * processor's cache when the kernel takes them.
   */
  public static final int SENT_AT_ONCE = 128 * 1024;

  /**
   * What an upstream is read with. A desktop sends files and pictures: a guess that begins with 2
   * KB and ends at 64 KB, as Netty's does, costs several times the system calls.
   */
  private static final RecvByteBufAllocator FROM_UPSTREAM =
      new AdaptiveRecvByteBufAllocator(2 * 1024, 16 * 1024, 128 * 1024);

  private static final int KEEPALIVE_AFTER_SECONDS = 60;
  private static final int KEEPALIVE_EVERY_SECONDS = 15;
  private static final int KEEPALIVE_PROBES = 4;
  private static final int BACKLOG = 4096;

  private final boolean epoll = Epoll.isAvailable();
  private final EventLoopGroup loops;

  /**
   * Accepts on ports that are shared: a loop of its own leaves no connection waiting at the end.
   */
  private final EventLoopGroup accepting;

  /** Starts this many event loops. */
  public Transport(int eventLoops) {
    loops = group(eventLoops, "edge");
    accepting = group(1, "edge-accept");
  }

  private EventLoopGroup group(int size, String name) {
    DefaultThreadFactory threads = new DefaultThreadFactory(name, true);
    return epoll ? new EpollEventLoopGroup(size, threads) : new NioEventLoopGroup(size, threads);
  }

  /** The event loops themselves, to be looked at. */
  public Iterable<EventExecutor> loops() {
    return loops;
  }

  /** The name of what carries the bytes, for the log. */
  public String name() {
    return epoll ? "epoll" : "nio";
  }

  /**
   * A listening socket's recipe.
   *
   * @param sharePort whether another process may listen on the same port (SO_REUSEPORT)
   */
  public ServerBootstrap listening(boolean sharePort) {
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(sharePort ? accepting : loops, loops)
            .channel(epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class)
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.SO_KEEPALIVE, true)
            .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER);
    if (epoll) {
      bootstrap
          .childOption(EpollChannelOption.TCP_KEEPIDLE, KEEPALIVE_AFTER_SECONDS)
          .childOption(EpollChannelOption.TCP_KEEPINTVL, KEEPALIVE_EVERY_SECONDS)
          .childOption(EpollChannelOption.TCP_KEEPCNT, KEEPALIVE_PROBES);
      if (sharePort) {
        bootstrap.option(EpollChannelOption.SO_REUSEPORT, true);
      }
    }
    return bootstrap;
  }

  /** The recipe of a connection to an upstream, on the client's own event loop. */
  public Bootstrap dialling(EventLoop loop) {
    Bootstrap bootstrap =
        new Bootstrap()
            .group(loop)
            .channel(epoll ? EpollSocketChannel.class : NioSocketChannel.class)
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.SO_KEEPALIVE, true)
            .option(ChannelOption.RCVBUF_ALLOCATOR, FROM_UPSTREAM)
            .option(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER);
    if (epoll) {
      bootstrap
          .option(EpollChannelOption.TCP_KEEPIDLE, KEEPALIVE_AFTER_SECONDS)
          .option(EpollChannelOption.TCP_KEEPINTVL, KEEPALIVE_EVERY_SECONDS)
          .option(EpollChannelOption.TCP_KEEPCNT, KEEPALIVE_PROBES);
    }
    return bootstrap;
  }

  /** Ends the event loops with all that is on them. */
  @Override
  public void close() {
    var _ = accepting.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(3_000);
  }
}
