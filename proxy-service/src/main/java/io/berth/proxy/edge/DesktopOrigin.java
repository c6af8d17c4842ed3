package io.berth.proxy.edge;

import io.berth.common.DesktopDomain;
import io.berth.common.DesktopEntry;
import io.berth.common.Problem;
import io.berth.common.ProxyPath;
import io.berth.proxy.forward.DesktopProblem;
import io.berth.proxy.forward.Forwarder;
import io.berth.proxy.forward.ServedDesktop;
import io.berth.proxy.forward.Upstream;
import io.berth.proxy.http.Exchange;
import io.berth.proxy.http.ForeignPage;
import io.berth.proxy.http.RequestTarget;
import io.berth.proxy.http.Site;
import io.netty.handler.codec.http.HttpMethod;

/**
 * Requests at a desktop's own origin: {@code refuseForeignPages → requireLogin → findRoute →
 * requireOwner → forward}. Of Berth itself there is nothing but the way in; all else is the
 * desktop's.
 */
final class DesktopOrigin {

  private final Addresses addresses;
  private final WithinLimits withinLimits;
  private final RequireLogin requireLogin;
  private final ReachDesktop reachDesktop;
  private final Forwarder forwarder;
  private final Upstream.Service auth;

  DesktopOrigin(
      Addresses addresses,
      WithinLimits withinLimits,
      RequireLogin requireLogin,
      ReachDesktop reachDesktop,
      Forwarder forwarder,
      Upstream.Service auth) {
    this.addresses = addresses;
    this.withinLimits = withinLimits;
    this.requireLogin = requireLogin;
    this.reachDesktop = reachDesktop;
    this.forwarder = forwarder;
    this.auth = auth;
  }

  void handle(Exchange exchange, DesktopDomain domain, ProxyPath path) {
    exchange.belongsTo("-", "desktop", path.value());
    exchange.portalAt(addresses.portal().origin());
    Site own = addresses.siteOf(domain, path);
    if (ForeignPage.made(exchange, own)) {
      exchange.failedBy("foreign-page");
      exchange.respond(foreignPage());
    } else if (exchange.target().isBelow(DesktopEntry.RESERVED.substring(1))) {
      enter(exchange, path);
    } else {
      requireLogin.of(
          exchange,
          new DesktopDoor(path, own, addresses.portal()),
          login -> {
            exchange.belongsTo(login.slug(), "desktop", path.value());
            reachDesktop.requireOwner(
                exchange,
                login,
                path.value(),
                route -> reachDesktop.forward(exchange, login, ServedDesktop.alone(own, route)),
                () -> showAbsent(exchange, path));
          });
    }
  }

  private void enter(Exchange exchange, ProxyPath path) {
    RequestTarget target = exchange.target();
    boolean visit = exchange.request().method().equals(HttpMethod.GET) && exchange.isNavigation();
    String query = target.query();
    if (target.path().equals(DesktopEntry.PATH) && query != null && visit) {
      if (withinLimits.signingIn(exchange)) {
        forwarder.withCookies(exchange, auth, DesktopEntry.SERVICE_PATH + path + "?" + query);
      }
    } else {
      exchange.respond(DesktopProblem.notFound());
    }
  }

  /** The page of an absent desktop starts it by the portal's API, which is not for desktops. */
  private void showAbsent(Exchange exchange, ProxyPath path) {
    if (exchange.isNavigation()) {
      exchange.redirect(addresses.portal().origin() + path.address() + exchange.target().full());
    } else {
      exchange.respond(DesktopProblem.notRunning());
    }
  }

  static Problem foreignPage() {
    return Problem.of(
        "foreign-origin",
        "Not from here",
        403,
        "A page at another address made this request.",
        "Open the desktop at its own address.");
  }
}
