package io.berth.proxy.edge;

import io.berth.proxy.http.ClientSide;
import io.berth.proxy.http.Transport;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The sockets that clients connect to: the edge's own, and one for plain HTTP beside TLS. */
final class Listeners {

  private final Transport transport;
  private final EdgeConfig config;
  private final List<Channel> open = new CopyOnWriteArrayList<>();

  Listeners(Transport transport, EdgeConfig config) {
    this.transport = transport;
    this.config = config;
  }

  /**
   * Listens on a port.
   *
   * @param key the configuration key that says which, for the error
   * @throws IOException if it can't be had
   */
  void open(int port, String key, ClientSide clients) throws IOException {
    ChannelFuture binding =
        transport
            .listening(config.sharePort())
            .childHandler(clients)
            .bind(config.host(), port)
            .awaitUninterruptibly();
    if (!binding.isSuccess()) {
      throw new IOException(
          "the edge can't listen on %s:%d (%s); free the port or set %s"
              .formatted(config.host(), port, binding.cause().getMessage(), key),
          binding.cause());
    }
    open.add(binding.channel());
  }

  /** Whether clients can connect. */
  boolean isOpen() {
    return !open.isEmpty() && open.getFirst().isOpen();
  }

  /** The port of the one that was opened first, second and so on, or -1. */
  int port(int index) {
    return index < open.size()
        ? ((InetSocketAddress) open.get(index).localAddress()).getPort()
        : -1;
  }

  /** Takes no new connections. */
  void close() {
    for (Channel channel : open) {
      channel.close().awaitUninterruptibly();
    }
  }
}
