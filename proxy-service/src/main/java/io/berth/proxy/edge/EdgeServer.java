package io.berth.proxy.edge;

import io.berth.common.DesktopActivity;
import io.berth.common.ProxyPath;
import io.berth.common.RouteChange;
import io.berth.common.UnreachableDesktop;
import io.berth.proxy.activity.Activity;
import io.berth.proxy.activity.ActivityReport;
import io.berth.proxy.feed.DatabaseFeed;
import io.berth.proxy.forward.Circuits;
import io.berth.proxy.forward.Dialer;
import io.berth.proxy.forward.Forwarder;
import io.berth.proxy.http.ClientSide;
import io.berth.proxy.http.Site;
import io.berth.proxy.http.Transport;
import io.berth.proxy.limit.Limits;
import io.berth.proxy.login.LoginVerdicts;
import io.berth.proxy.login.Revocations;
import io.berth.proxy.login.SigningKeys;
import io.berth.proxy.measure.EdgeMetrics;
import io.berth.proxy.measure.EventLoops;
import io.berth.proxy.route.AllowedUpstreams;
import io.berth.proxy.route.Route;
import io.berth.proxy.route.RouteFeed;
import io.berth.proxy.route.RouteTable;
import io.berth.proxy.tls.SecureClients;
import io.berth.proxy.trace.Traces;
import io.berth.proxy.tunnel.OpenTunnel;
import io.berth.proxy.tunnel.Tunnels;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.trace.Tracer;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The running edge: everything it is made of, put together in one place. */
public final class EdgeServer implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(EdgeServer.class);
  private static final long POLL_MILLIS = 50;

  private final EdgeConfig config;
  private final Transport transport;
  private final SigningKeys keys;
  private final LoginVerdicts verdicts;
  private final RouteTable routes = new RouteTable();
  private final Revocations revocations = new Revocations();
  private final Activity activity = new Activity();
  private final Tunnels tunnels;
  private final DatabaseFeed feed;
  private final ActivityReport report;
  private final ServiceWatch serviceWatch;
  private final AccessLog accessLog;
  private final ClientSide clients;
  private final ClientSide plainClients;
  private final Optional<SecureClients> tls;
  private final Listeners listeners;
  private volatile @Nullable Traces traces;
  private volatile boolean stopping;

  /** Puts the edge together; {@link #start} lets it listen. */
  public EdgeServer(
      EdgeConfig config,
      Addresses addresses,
      PgConnectOptions database,
      Vertx vertx,
      MeterRegistry registry) {
    this.config = config;
    Site site = addresses.portal();
    tls = SecureClients.of(config.tls(), config.http().http2().enabled(), vertx);
    if (tls.isPresent() && !site.isHttps()) {
      throw new IllegalArgumentException(
          "berth.proxy.tls.certificate is set and berth.public-url is %s: make it https://…"
              .formatted(site.origin()));
    }
    EdgeMetrics metrics = new EdgeMetrics(registry);
    String instance = instance(config);
    AllowedUpstreams allowed = new AllowedUpstreams(config.allowedUpstreams());
    int loops = config.eventLoops().orElse(Runtime.getRuntime().availableProcessors());
    transport = new Transport(loops);
    keys = new SigningKeys(config.authService().resolve("/auth/jwks"), config.login());
    verdicts = new LoginVerdicts(keys, revocations, config.login(), site.origin(), metrics);
    tunnels = new Tunnels(config.tunnel(), verdicts::stands, metrics);
    feed =
        new DatabaseFeed(
            vertx,
            database,
            RouteChange.PROXY_APPLICATION_PREFIX + instance,
            config.feed(),
            List.of(new RouteFeed(routes, allowed, instance), revocations));
    Circuits circuits = new Circuits(config.upstream(), this::tellUnreachable);
    Dialer dialer = new Dialer(config.upstream(), allowed, circuits, transport);
    report = new ActivityReport(activity, feed, instance, routes::stands, vertx);
    long maxServiceBody = config.http().maxServiceBody();
    Forwarder forwarder = new Forwarder(config.upstream(), dialer, site, maxServiceBody, metrics);
    Limits limits = new Limits(config.limits(), limit -> metrics.limited(limit.word()));
    OpenTunnel openTunnel =
        new OpenTunnel(
            tunnels,
            limits,
            dialer,
            metrics,
            activity,
            (login, route) -> verdicts.stands(login) && routes.stands(route));
    Services services = Services.of(config);
    serviceWatch = new ServiceWatch(services.all(), config.watchServicesEvery());
    ReachDesktop reachDesktop = new ReachDesktop(verdicts, routes, forwarder, openTunnel, activity);
    WithinLimits withinLimits = new WithinLimits(limits);
    Edge edge = new Edge(addresses, services, withinLimits, verdicts, reachDesktop, forwarder);
    accessLog = new AccessLog(metrics, System.out);
    clients =
        new ClientSide(
            config.http(),
            limits,
            exchange -> {
              Traces traced = traces;
              if (traced != null) {
                traced.begin(exchange);
              }
              edge.handle(exchange);
            },
            accessLog::add,
            addresses::isDesktop,
            status -> metrics.answered("refused", status, 0));
    SendToHttps sendToHttps = new SendToHttps(addresses);
    plainClients =
        new ClientSide(
            config.http(),
            limits,
            exchange -> {
              if (withinLimits.ofAddress(exchange)) {
                sendToHttps.handle(exchange);
              }
            },
            accessLog::add,
            addresses::isDesktop,
            status -> metrics.answered("refused", status, 0));
    tls.ifPresent(clients::speak);
    config.tls().hsts().ifPresent(clients::promiseHttps);
    listeners = new Listeners(transport, config);
    routes.whenGone(tunnels::closeRoute);
    routes.whenGone(forwarder::drop);
    routes.whenGone(circuits::drop);
    revocations.whenRevoked(tunnels::closeLogin);
    EdgeGauges gauges = new EdgeGauges(metrics);
    gauges.show(clients, tunnels);
    gauges.show(limits);
    gauges.show(routes);
    gauges.show(feed, revocations);
    gauges.show(new EventLoops(transport.loops(), metrics));
  }

  private static String instance(EdgeConfig config) {
    String name = config.instance().orElseGet(() -> UUID.randomUUID().toString());
    if (!DesktopActivity.isInstance(name)) {
      throw new IllegalArgumentException(
          "berth.proxy.instance is \"%s\": use at most 51 letters, digits, '.', '_' and '-'"
              .formatted(name));
    }
    return name;
  }

  /** Makes a span for each request from now on. */
  public void trace(Tracer tracer) {
    traces = new Traces(tracer);
  }

  /**
   * Begins to follow the database and auth-service, and listens; on a port that it shares, as soon
   * as it has routes and keys.
   *
   * @throws IOException if the port can't be had
   */
  public void start() throws IOException {
    feed.start();
    keys.start();
    serviceWatch.start();
    report.start(config.tellActivityEvery());
    tls.ifPresent(SecureClients::watch);
    if (config.sharePort()) {
      // Another proxy serves there: to answer beside it before anything is known would be worse.
      Thread.ofVirtual().name("listens-when-loaded").start(this::listenWhenLoaded);
    } else {
      listen();
    }
  }

  private void listenWhenLoaded() {
    try {
      while (!stopping && !(feed.loadedOnce() && keys.known())) {
        TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
      }
      if (!stopping) {
        listen();
      }
    } catch (IOException e) {
      LOG.error(e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void listen() throws IOException {
    listeners.open(config.port(), "berth.proxy.port", clients);
    if (config.tls().redirectPort().isPresent()) {
      int plain = config.tls().redirectPort().getAsInt();
      listeners.open(plain, "berth.proxy.tls.redirect-port", plainClients);
    }
    LOG.infof(
        "edge=listening address=%s:%d transport=%s tls=%s",
        config.host(), port(), transport.name(), tls.isPresent());
  }

  private void tellUnreachable(Route route) {
    LOG.warnf("route=%s takes no connection; session-service is told", route);
    ProxyPath.parse(route.path())
        .map(path -> new UnreachableDesktop(path, route.generation()))
        .ifPresent(notice -> feed.tell(UnreachableDesktop.CHANNEL, notice.payload()));
  }

  /** The port it listens on. */
  public int port() {
    return listeners.port(0);
  }

  /** The port that sends plain HTTP to https, or -1. */
  int redirectPort() {
    return listeners.port(1);
  }

  /** Adds a route past the feed. */
  void publish(Route route) {
    routes.publish(route);
  }

  /** Whether a route is in memory. */
  boolean hasRoute(String path) {
    return routes.find(path) != null;
  }

  /** What health tells of. */
  public State state() {
    return new State(
        listeners.isOpen() && !stopping,
        feed.loadedOnce(),
        feed.connected(),
        feed.away(),
        keys.known(),
        keys.trouble(),
        serviceWatch.away(),
        routes.size(),
        tunnels.size());
  }

  /**
   * How the edge is.
   *
   * @param keysTrouble why auth-service's keys could not be read last time, or null
   * @param servicesAway services that take no connection, by name, and for how long
   */
  public record State(
      boolean listening,
      boolean routesLoaded,
      boolean databaseConnected,
      Duration databaseAway,
      boolean keysKnown,
      @Nullable String keysTrouble,
      Map<String, Duration> servicesAway,
      int routes,
      int tunnels) {

    /** Whether something is away that the edge does without for now. */
    public boolean degraded() {
      return !databaseConnected || keysTrouble != null || !servicesAway.isEmpty();
    }
  }

  /** Says no more that it is ready; still serves. */
  public void announceStop() {
    stopping = true;
  }

  /**
   * Says that it is not ready, then takes no new connections, lets what is under way finish within
   * its deadlines, and ends.
   */
  @Override
  public void close() {
    announceStop();
    new Drain(config, listeners, List.of(clients, plainClients), tunnels).run();
    tls.ifPresent(SecureClients::close);
    report.close();
    tellLast();
    feed.close();
    keys.close();
    serviceWatch.close();
    verdicts.close();
    transport.close();
    accessLog.close();
    LOG.info("edge=stopped");
  }

  /** What was seen since the last report would be lost; PostgreSQL may take a moment for it. */
  private void tellLast() {
    try {
      report.tell().toCompletionStage().toCompletableFuture().get(1, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("the last report of activity was not taken");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
