package io.berth.proxy.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpHeaders;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/** All client connections: puts HTTP on each, hands on exchanges, watches deadlines. */
public final class ClientSide extends ChannelInitializer<Channel> {

  private static final long SWEEP_MILLIS = 1_000;

  private final HttpConfig config;
  private final Consumer<Exchange> handler;
  private final Consumer<Exchange.Facts> ended;
  private final IntConsumer refused;
  private final TrustedProxies trusted;
  private final Set<ClientConnection> connections = ConcurrentHashMap.newKeySet();
  private final Set<EventLoop> swept = ConcurrentHashMap.newKeySet();
  private final LongAdder exchanges = new LongAdder();
  private volatile boolean stopping;

  /**
   * @param handler takes each exchange, on its event loop
   * @param ended hears of each exchange that is over, for the log and the counters
   * @param refused hears the status of each request that could not become an exchange
   */
  public ClientSide(
      HttpConfig config,
      Consumer<Exchange> handler,
      Consumer<Exchange.Facts> ended,
      IntConsumer refused) {
    this.config = config;
    this.handler = handler;
    this.ended = ended;
    this.refused = refused;
    this.trusted = new TrustedProxies(config.trustedProxies().orElse(List.of()));
  }

  @Override
  protected void initChannel(Channel accepted) {
    EventLoop loop = accepted.eventLoop();
    if (swept.add(loop)) {
      var _ =
          loop.scheduleWithFixedDelay(
              () -> sweep(loop), SWEEP_MILLIS, SWEEP_MILLIS, TimeUnit.MILLISECONDS);
    }
    new ClientConnection(this).install(accepted);
  }

  private void sweep(EventLoop loop) {
    long now = System.nanoTime();
    for (ClientConnection connection : connections) {
      if (connection.channel().eventLoop().equals(loop)) {
        connection.checkDeadlines(now);
      }
    }
  }

  /** From now on answers close their connections, and waiting ones are closed. */
  public void stop() {
    stopping = true;
  }

  /** Exchanges under way. */
  public long exchangesUnderWay() {
    return exchanges.sum();
  }

  /** Connections that speak HTTP, waiting ones included; tunnels are not among them. */
  public int connectionCount() {
    return connections.size();
  }

  /** Closes every connection that is left. */
  public void closeAll() {
    connections.forEach(ClientConnection::close);
  }

  HttpConfig config() {
    return config;
  }

  boolean stopping() {
    return stopping;
  }

  void opened(ClientConnection connection) {
    connections.add(connection);
  }

  void closed(ClientConnection connection) {
    connections.remove(connection);
  }

  Client clientOf(InetSocketAddress peer, HttpHeaders headers) {
    return trusted.clientOf(peer, headers);
  }

  void handle(Exchange exchange) {
    exchanges.increment();
    handler.accept(exchange);
  }

  void finished(Exchange exchange) {
    exchanges.decrement();
    ended.accept(exchange.facts());
  }

  void refused(int status) {
    refused.accept(status);
  }
}
