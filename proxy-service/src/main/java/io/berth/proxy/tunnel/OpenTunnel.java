package io.berth.proxy.tunnel;

import io.berth.common.LoginClaims;
import io.berth.common.Problem;
import io.berth.proxy.activity.Activity;
import io.berth.proxy.forward.DesktopProblem;
import io.berth.proxy.forward.DesktopRequest;
import io.berth.proxy.forward.Dialer;
import io.berth.proxy.forward.ServedDesktop;
import io.berth.proxy.forward.Upstream;
import io.berth.proxy.http.Exchange;
import io.berth.proxy.http.Page;
import io.berth.proxy.limit.Admission;
import io.berth.proxy.limit.Limits;
import io.berth.proxy.limit.Refusal;
import io.berth.proxy.limit.Share;
import io.berth.proxy.limit.TunnelPlace;
import io.berth.proxy.measure.EdgeMetrics;
import io.berth.proxy.route.Route;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.function.BiPredicate;

/** Opens a tunnel: checks the client's handshake, then makes one of its own with the desktop. */
public final class OpenTunnel {

  private final Tunnels tunnels;
  private final Limits limits;
  private final Dialer dialer;
  private final EdgeMetrics metrics;
  private final Activity activity;
  private final BiPredicate<LoginClaims, Route> stillAllowed;

  /**
   * @param stillAllowed whether login and route are still good, asked once more when a tunnel
   *     stands: either may have gone while it was being opened
   */
  public OpenTunnel(
      Tunnels tunnels,
      Limits limits,
      Dialer dialer,
      EdgeMetrics metrics,
      Activity activity,
      BiPredicate<LoginClaims, Route> stillAllowed) {
    this.tunnels = tunnels;
    this.limits = limits;
    this.dialer = dialer;
    this.metrics = metrics;
    this.activity = activity;
    this.stillAllowed = stillAllowed;
  }

  /** Opens it, or answers why not; {@code target} is the checked target on the desktop's side. */
  public void open(Exchange exchange, LoginClaims login, ServedDesktop desktop, String target) {
    Problem fault = Handshake.faultOf(exchange, desktop.site());
    if (fault != null) {
      HttpHeaders headers = Page.headers();
      if (fault.status() == 426) {
        headers.set("Sec-WebSocket-Version", "13");
      }
      refuse(exchange, fault, headers, "client-handshake");
      return;
    }
    switch (limits.openTunnel(exchange.address(), personOf(exchange), exchange.startedAt())) {
      case Admission.Refused<TunnelPlace>(Refusal refusal) ->
          refuse(
              exchange,
              refusal.problem(),
              Page.headers().set("Retry-After", refusal.retryAfter()),
              refusal.limit().word());
      case Admission.Admitted<TunnelPlace>(TunnelPlace place) -> {
        Route route = desktop.route();
        Tunnel.Owner owner = new Tunnel.Owner(login, route, activity.of(route), place);
        Opening opening = new Opening(this, exchange, owner, desktop, target);
        exchange.receiver(opening);
        exchange.goesTo(route.upstream());
        dialer.dial(
            exchange.channel().eventLoop(),
            new Upstream.Desktop(route),
            opening::handlers,
            opening);
      }
    }
  }

  private static Share personOf(Exchange exchange) {
    Share person = exchange.person();
    if (person == null) {
      throw new IllegalStateException("nobody's exchange");
    }
    return person;
  }

  void refuse(Exchange exchange, Problem problem, HttpHeaders headers, String cause) {
    exchange.failedBy(cause);
    metrics.handshakeFailed(cause);
    // Whatever the client sent after its handshake was meant raw: it is never read as a request.
    headers.set("Connection", "close");
    exchange.closeAfterwards();
    exchange.respond(problem, headers);
  }

  void unreachable(Exchange exchange) {
    HttpHeaders headers = Page.headers().set("Retry-After", "3");
    refuse(exchange, DesktopProblem.unreachable(), headers, "upstream-connect");
  }

  Tunnels tunnels() {
    return tunnels;
  }

  boolean isStillAllowed(LoginClaims login, Route route) {
    return stillAllowed.test(login, route);
  }

  /** The desktop's handshake; the names are literals since Kasm up to 1.3.4 compares their case. */
  String request(Exchange exchange, ServedDesktop desktop, String target) {
    HttpHeaders original = exchange.request().headers();
    HttpHeaders headers = DesktopRequest.headers(exchange, desktop);
    headers.set("Upgrade", "websocket");
    headers.set("Connection", "Upgrade");
    headers.set("Origin", desktop.site().origin());
    for (String name :
        new String[] {
          "Sec-WebSocket-Version",
          "Sec-WebSocket-Key",
          "Sec-WebSocket-Protocol",
          "Sec-WebSocket-Extensions"
        }) {
      String value = String.join(", ", original.getAll(name));
      if (!value.isEmpty() && value.length() <= DesktopRequest.LONGEST_FIELD) {
        headers.set(name, value);
      }
    }
    StringBuilder head = new StringBuilder("GET ").append(target).append(" HTTP/1.1\r\n");
    headers.forEach(h -> head.append(h.getKey()).append(": ").append(h.getValue()).append("\r\n"));
    return head.append("\r\n").toString();
  }
}
