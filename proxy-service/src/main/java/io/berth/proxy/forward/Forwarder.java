package io.berth.proxy.forward;

import io.berth.proxy.http.Exchange;
import io.berth.proxy.http.Site;
import io.berth.proxy.measure.EdgeMetrics;
import io.berth.proxy.route.Route;
import io.netty.channel.EventLoop;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Forwards exchanges over HTTP. */
public final class Forwarder {

  private final UpstreamConfig config;
  private final Dialer dialer;
  private final Site site;
  private final EdgeMetrics metrics;
  private final long maxServiceBody;
  private final Map<EventLoop, ConnectionPool> pools = new ConcurrentHashMap<>();

  /**
   * @param maxServiceBody largest request body for services, in bytes
   */
  public Forwarder(
      UpstreamConfig config, Dialer dialer, Site site, long maxServiceBody, EdgeMetrics metrics) {
    this.config = config;
    this.dialer = dialer;
    this.site = site;
    this.maxServiceBody = maxServiceBody;
    this.metrics = metrics;
  }

  /** Forwards to a desktop; {@code target} is the checked target on its side. */
  public void toDesktop(Exchange exchange, ServedDesktop desktop, String target) {
    Translation translation = new DesktopTranslation(desktop, target);
    new Forwarding(exchange, new Upstream.Desktop(desktop.route()), translation, this).begin();
  }

  /** Forwards to a service that takes the login as a bearer token. */
  public void withBearer(Exchange exchange, Upstream.Service service, String token) {
    withBearer(exchange, service, token, exchange.target().full());
  }

  /** The same, with another target than the client's. */
  public void withBearer(Exchange exchange, Upstream.Service service, String token, String target) {
    toService(exchange, service, new ServiceTranslation.Credentials.Bearer(token), target);
  }

  /** Forwards with whatever Authorization the client sent, and without the login cookie. */
  public void asSent(Exchange exchange, Upstream.Service service) {
    String target = exchange.target().full();
    toService(exchange, service, new ServiceTranslation.Credentials.AsSent(), target);
  }

  /** Forwards with the cookies and nothing else of the client's credentials. */
  public void withCookies(Exchange exchange, Upstream.Service service) {
    withCookies(exchange, service, exchange.target().full());
  }

  /** The same, with another target than the client's. */
  public void withCookies(Exchange exchange, Upstream.Service service, String target) {
    toService(exchange, service, new ServiceTranslation.Credentials.CookiesOnly(), target);
  }

  private void toService(
      Exchange exchange,
      Upstream.Service service,
      ServiceTranslation.Credentials credentials,
      String target) {
    Translation translation = new ServiceTranslation(site, credentials, target, maxServiceBody);
    new Forwarding(exchange, service, translation, this).begin();
  }

  /** Closes connections that wait for a route that is no more. */
  public void drop(Route route) {
    Object key = new Upstream.Desktop(route).key();
    pools.forEach((loop, pool) -> loop.execute(() -> pool.drop(key)));
  }

  ConnectionPool poolOf(EventLoop loop) {
    ConnectionPool pool = pools.get(loop);
    return pool != null ? pool : pools.computeIfAbsent(loop, l -> new ConnectionPool(config, l));
  }

  Dialer dialer() {
    return dialer;
  }

  UpstreamConfig config() {
    return config;
  }

  EdgeMetrics metrics() {
    return metrics;
  }
}
