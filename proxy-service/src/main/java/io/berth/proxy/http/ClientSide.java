package io.berth.proxy.http;

import io.berth.proxy.limit.Admission;
import io.berth.proxy.limit.ConnectionPlace;
import io.berth.proxy.limit.Limits;
import io.berth.proxy.limit.Share;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.AttributeKey;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** All client connections: puts HTTP on each, hands on exchanges, watches deadlines. */
public final class ClientSide extends ChannelInitializer<Channel> {

  /**
   * Once the edge stops, how long a connection waits for a request that may be on its way, as
   * {@link System#nanoTime()} counts. Such a request is answered, and its connection closed.
   */
  public static final long STOPPING_GRACE_NANOS = TimeUnit.MILLISECONDS.toNanos(1_500);

  private static final long SWEEP_MILLIS = 1_000;
  private static final AttributeKey<ConnectionPlace> PLACE = AttributeKey.valueOf("berth.place");

  private final HttpConfig config;
  private final Limits limits;
  private final Consumer<Exchange> handler;
  private final Consumer<ExchangeFacts> ended;
  private final IntConsumer refused;
  private final Predicate<String> desktops;
  private final TrustedProxies trusted;
  private final Set<LiveConnection> connections = ConcurrentHashMap.newKeySet();
  private final Set<EventLoop> swept = ConcurrentHashMap.newKeySet();
  private final LongAdder exchanges = new LongAdder();
  private ClientProtocol protocol = ClientProtocol.plain();
  private String hsts = "";
  private volatile boolean stopping;

  /**
   * @param limits says whether a connection is one too many
   * @param handler takes each exchange, on its event loop
   * @param ended hears of each exchange that is over, for the log and the counters
   * @param desktops whether a host is a desktop's own, so that nothing is routed by its paths
   * @param refused hears the status of each request that could not become an exchange
   */
  public ClientSide(
      HttpConfig config,
      Limits limits,
      Consumer<Exchange> handler,
      Consumer<ExchangeFacts> ended,
      Predicate<String> desktops,
      IntConsumer refused) {
    this.config = config;
    this.limits = limits;
    this.handler = handler;
    this.ended = ended;
    this.refused = refused;
    this.desktops = desktops;
    this.trusted =
        new TrustedProxies(config.trustedProxies().orElse(List.of()), config.trustedHeader());
  }

  @Override
  protected void initChannel(Channel accepted) {
    EventLoop loop = accepted.eventLoop();
    if (swept.add(loop)) {
      var _ =
          loop.scheduleWithFixedDelay(
              () -> sweep(loop), SWEEP_MILLIS, SWEEP_MILLIS, TimeUnit.MILLISECONDS);
    }
    InetSocketAddress peer = (InetSocketAddress) accepted.remoteAddress();
    switch (limits.connect(peer.getAddress(), trusted.trusts(peer))) {
      case Admission.Refused<ConnectionPlace> refused ->
          protocol.refuse(accepted, refused.refusal());
      case Admission.Admitted<ConnectionPlace>(ConnectionPlace place) -> {
        accepted.attr(PLACE).set(place);
        accepted.closeFuture().addListener(closed -> place.leave());
        protocol.begin(this, accepted);
      }
    }
  }

  /** Speaks this from now on, and not plain HTTP/1.1; before the first connection comes. */
  public void speak(ClientProtocol spoken) {
    protocol = spoken;
  }

  /** Puts HTTP/1.1 on a socket that was accepted. */
  public void speakHttp1(Channel accepted) {
    ClientConnection.install(this, accepted);
  }

  /** Says with each answer for how long browsers shall use https only. */
  public void promiseHttps(Duration howLong) {
    hsts = "max-age=" + howLong.toSeconds();
  }

  /** Adds to an answer's headers what is promised with each. */
  public void promise(HttpHeaders answer) {
    if (!hsts.isEmpty()) {
      answer.set("Strict-Transport-Security", hsts);
    }
  }

  private void sweep(EventLoop loop) {
    long now = System.nanoTime();
    for (LiveConnection connection : connections) {
      if (connection.channel().eventLoop().equals(loop)) {
        connection.checkDeadlines(now);
      }
    }
  }

  /** From now on answers close their connections, and those that wait are closed soon. */
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
    connections.forEach(LiveConnection::close);
  }

  /** What is accepted. */
  public HttpConfig config() {
    return config;
  }

  /** Whether nothing new should begin. */
  public boolean stopping() {
    return stopping;
  }

  /** Watches a connection from now on. */
  public void opened(LiveConnection connection) {
    connections.add(connection);
  }

  /** Watches it no more. */
  public void closed(LiveConnection connection) {
    connections.remove(connection);
  }

  /**
   * Makes an exchange of a request that keeps its protocol's own rules, and hands it on; or says
   * what is wrong with it.
   *
   * @param body whether a body follows the head
   */
  public @Nullable RefusedRequest admit(HttpRequest request, boolean body, Carrier carrier) {
    String host = request.headers().get(HttpHeaderNames.HOST, "");
    InetSocketAddress peer = (InetSocketAddress) carrier.channel().remoteAddress();
    Client client = trusted.clientOf(peer, request.headers());
    int routed = desktops.test(client.host()) ? 0 : RequestTarget.ROUTED_SEGMENTS;
    return switch (RequestTarget.read(request.uri(), host, routed)) {
      case RequestTarget.Reading.Refused refused ->
          new RefusedRequest(HttpResponseStatus.BAD_REQUEST, refused.reason());
      case RequestTarget.Reading.Clean clean -> {
        Share share = carrier.channel().attr(PLACE).get().beginExchange(client.address());
        Exchange exchange = new Exchange(carrier, request, body, clean.target(), client, share);
        exchanges.increment();
        carrier.begun(exchange);
        handler.accept(exchange);
        yield null;
      }
    };
  }

  /** Hears that an exchange is over. */
  public void finished(Exchange exchange) {
    exchanges.decrement();
    exchange.uncount();
    ExchangeFacts facts = exchange.facts();
    ended.accept(facts);
    ExchangeTrace trace = exchange.trace();
    if (trace != null) {
      trace.ended(facts);
    }
  }

  /** Hears of a request that was refused. */
  public void refused(RefusedRequest request) {
    refused.accept(request.status().code());
  }
}
