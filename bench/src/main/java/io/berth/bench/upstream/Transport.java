package io.berth.bench.upstream;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.util.concurrent.ThreadFactory;

/** Linux's own epoll where Netty's library loads, else the JDK's selector. */
public final class Transport {

  private Transport() {}

  /** One thread that serves all its connections. */
  public static EventLoopGroup oneLoop(String name) {
    ThreadFactory daemon = task -> Thread.ofPlatform().name(name).daemon().unstarted(task);
    return Epoll.isAvailable()
        ? new EpollEventLoopGroup(1, daemon)
        : new NioEventLoopGroup(1, daemon);
  }

  static Class<? extends ServerChannel> listening() {
    return Epoll.isAvailable() ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
  }

  public static Class<? extends SocketChannel> connecting() {
    return Epoll.isAvailable() ? EpollSocketChannel.class : NioSocketChannel.class;
  }
}
