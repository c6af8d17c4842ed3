package io.berth.proxy.forward;

import io.berth.proxy.http.Transport;
import io.berth.proxy.route.AllowedUpstreams;
import io.berth.proxy.route.Route;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.net.ConnectException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Opens connections to upstreams: allowed ones only, and again within a budget if refused. */
// What fails closes its channel, and that is heard of.
@SuppressWarnings("FutureReturnValueIgnored")
public final class Dialer {

  private static final long RETRY_MILLIS = 100;

  private final UpstreamConfig config;
  private final AllowedUpstreams allowed;
  private final Circuits circuits;
  private final Transport transport;
  private final SslContext trustAll;
  private final SslContext verifying;

  /** Hears how dialling ended, on the event loop that it was asked for. */
  public interface Outcome {

    /** Connected, TLS done; whoever dialled has its handlers in the pipeline. */
    void connected(Channel channel);

    /** Given up. */
    void failed(Throwable cause);
  }

  public Dialer(
      UpstreamConfig config, AllowedUpstreams allowed, Circuits circuits, Transport transport) {
    this.config = config;
    this.allowed = allowed;
    this.circuits = circuits;
    this.transport = transport;
    try {
      // Kasm makes a new self-signed certificate at each start: nothing could be pinned. What keeps
      // desktops apart is the password that each has of its own, and the allowed addresses.
      trustAll =
          SslContextBuilder.forClient()
              .trustManager(InsecureTrustManagerFactory.INSTANCE)
              .endpointIdentificationAlgorithm(null)
              .build();
      verifying = SslContextBuilder.forClient().endpointIdentificationAlgorithm("HTTPS").build();
    } catch (SSLException e) {
      throw new IllegalStateException("this JVM has no TLS", e);
    }
  }

  /** Dials; {@code handlers} makes what the pipeline gets behind TLS, anew for each attempt. */
  public void dial(
      EventLoop loop,
      Upstream upstream,
      java.util.function.Supplier<ChannelHandler[]> handlers,
      Outcome outcome) {
    long deadline = System.nanoTime() + config.connectBudget().toNanos();
    Budget budget = new Budget(deadline, config.connectRetries());
    switch (upstream) {
      case Upstream.Desktop desktop when !allowed.allows(desktop.address()) ->
          outcome.failed(new ConnectException("not an allowed upstream"));
      case Upstream.Desktop desktop when !circuits.mayTry(desktop.route()) ->
          outcome.failed(new ConnectException("took no connection a moment ago"));
      case Upstream.Desktop desktop ->
          attempt(loop, upstream, handlers, circuits.watching(desktop.route(), outcome), budget);
      case Upstream.Service service -> attempt(loop, service, handlers, outcome, budget);
    }
  }

  /** Hears that an upstream took a fresh connection and ended it without a word. */
  void brokeOff(Upstream upstream) {
    if (upstream instanceof Upstream.Desktop desktop) {
      circuits.tell(desktop.route());
    }
  }

  private record Budget(long deadline, int retries) {

    boolean allowsAnother() {
      return retries > 0
          && System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(RETRY_MILLIS) < deadline;
    }

    /** What one attempt may take, in milliseconds: never more than what is left. */
    int patience(Duration most) {
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      return (int) Math.clamp(left, 1, most.toMillis());
    }
  }

  private void attempt(
      EventLoop loop,
      Upstream upstream,
      java.util.function.Supplier<ChannelHandler[]> handlers,
      Outcome outcome,
      Budget budget) {
    Route.Address address = upstream.address();
    int patience = budget.patience(config.connectTimeout());
    Bootstrap bootstrap =
        transport
            .dialling(loop)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, patience)
            .handler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    if (address.tls()) {
                      channel.pipeline().addLast(tls(channel, address, patience));
                    }
                    channel.pipeline().addLast(handlers.get());
                  }
                });
    bootstrap
        .connect(address.host(), address.port())
        .addListener((io.netty.channel.ChannelFuture connecting) -> {
          if (!connecting.isSuccess()) {
            retry(loop, upstream, handlers, outcome, budget, connecting.cause());
            return;
          }
          Channel channel = connecting.channel();
          SslHandler tls = channel.pipeline().get(SslHandler.class);
          if (tls == null) {
            outcome.connected(channel);
            return;
          }
          tls.handshakeFuture()
              .addListener(shaken -> {
                if (shaken.isSuccess()) {
                  outcome.connected(channel);
                } else {
                  channel.close();
                  retry(loop, upstream, handlers, outcome, budget, shaken.cause());
                }
              });
        });
  }

  private void retry(
      EventLoop loop,
      Upstream upstream,
      java.util.function.Supplier<ChannelHandler[]> handlers,
      Outcome outcome,
      Budget budget,
      @Nullable Throwable cause) {
    if (!budget.allowsAnother()) {
      outcome.failed(cause == null ? new ConnectException("no connection") : cause);
      return;
    }
    Budget rest = new Budget(budget.deadline, budget.retries - 1);
    var _ =
        loop.schedule(
            () -> attempt(loop, upstream, handlers, outcome, rest),
            RETRY_MILLIS,
            TimeUnit.MILLISECONDS);
  }

  private SslHandler tls(Channel channel, Route.Address address, int patience) {
    SslContext context = address.verifyTls() ? verifying : trustAll;
    SslHandler handler = context.newHandler(channel.alloc(), address.host(), address.port());
    handler.setHandshakeTimeoutMillis(patience);
    handler.setCloseNotifyFlushTimeoutMillis(1_000);
    return handler;
  }
}
