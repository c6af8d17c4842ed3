package io.berth.proxy.edge;

import io.berth.common.ProxyPath;
import io.berth.proxy.forward.DesktopProblem;
import io.berth.proxy.forward.Forwarder;
import io.berth.proxy.forward.ServedDesktop;
import io.berth.proxy.http.Cookies;
import io.berth.proxy.http.Exchange;
import io.berth.proxy.http.ForeignPage;
import io.berth.proxy.http.RequestTarget;
import io.berth.proxy.login.LoginVerdicts;
import io.berth.proxy.route.Route;
import io.netty.handler.codec.http.HttpMethod;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a request, by its Host and then its path. To a desktop: {@code withinLimits →
 * requireLogin → findRoute → requireOwner → forward}; nothing is dialled before all of them agree.
 * In isolated-origin mode the last stage at the portal's origin sends the browser to the desktop's
 * own.
 */
final class Edge {

  private final Addresses addresses;
  private final PortalDoor door;
  private final Services services;
  private final WithinLimits withinLimits;
  private final RequireLogin requireLogin;
  private final LoginVerdicts verdicts;
  private final ReachDesktop reachDesktop;
  private final DesktopOrigin desktopOrigin;
  private final Forwarder forwarder;

  Edge(
      Addresses addresses,
      Services services,
      WithinLimits withinLimits,
      LoginVerdicts verdicts,
      ReachDesktop reachDesktop,
      Forwarder forwarder) {
    this.addresses = addresses;
    this.door = new PortalDoor(addresses.portal());
    this.services = services;
    this.withinLimits = withinLimits;
    this.verdicts = verdicts;
    this.reachDesktop = reachDesktop;
    this.forwarder = forwarder;
    requireLogin = new RequireLogin(verdicts, withinLimits);
    desktopOrigin =
        new DesktopOrigin(
            addresses, withinLimits, requireLogin, reachDesktop, forwarder, services.auth());
  }

  /** Takes each request, on its event loop. */
  void handle(Exchange exchange) {
    if (!withinLimits.ofAddress(exchange)) {
      return;
    }
    switch (addresses.addresseeOf(exchange.client().host())) {
      case Addresses.Addressee.Portal portal -> atPortal(exchange);
      case Addresses.Addressee.Desktop desktop ->
          desktopOrigin.handle(exchange, desktop.domain(), desktop.path());
      case Addresses.Addressee.Nobody nobody -> {
        exchange.portalAt(addresses.portal().origin());
        exchange.respond(DesktopProblem.notFound());
      }
    }
  }

  private void atPortal(Exchange exchange) {
    RequestTarget target = exchange.target();
    String desktop = desktopOf(target);
    if (desktop != null) {
      toDesktop(exchange, desktop);
    } else if (target.isBelow("auth")) {
      toSignIn(exchange);
    } else if (target.isBelow("idp")) {
      toIdentityProvider(exchange);
    } else if (target.isBelow("q")) {
      // The services' own management paths, should one be served on an application port.
      exchange.respond(DesktopProblem.notFound());
    } else {
      toPortal(exchange);
    }
  }

  private void toSignIn(Exchange exchange) {
    exchange.belongsTo("-", "auth", "-");
    if (withinLimits.signingIn(exchange)) {
      forwarder.withCookies(exchange, services.auth());
    }
  }

  private void toDesktop(Exchange exchange, String path) {
    exchange.belongsTo("-", "desktop", path);
    requireLogin.of(
        exchange,
        door,
        login -> {
          exchange.belongsTo(login.slug(), "desktop", path);
          reachDesktop.requireOwner(
              exchange,
              login,
              path,
              route -> forward(exchange, login, route),
              () -> showAbsent(exchange, login, path));
        });
  }

  /** session-service knows how it is with a desktop that has no route. */
  private void showAbsent(Exchange exchange, Login login, String path) {
    if (exchange.isNavigation() || asksForAddress(exchange, path)) {
      exchange.lastsWhile(() -> verdicts.stands(login.claims()));
      forwarder.withBearer(exchange, services.session(), login.token(), ProxyPath.PREFIX + path);
    } else {
      exchange.respond(DesktopProblem.notRunning());
    }
  }

  /** A program that asks how it is with a desktop, as opposed to what a desktop's page loads. */
  private static boolean asksForAddress(Exchange exchange, String path) {
    HttpMethod method = exchange.request().method();
    String asked = exchange.target().path();
    String address = ProxyPath.PREFIX + path;
    return (method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD))
        && !exchange.isWebSocket()
        && (asked.equals(address) || asked.equals(address + "/"));
  }

  private void forward(Exchange exchange, Login login, Route route) {
    if (addresses.desktops().isEmpty()) {
      reachDesktop.forward(exchange, login, ServedDesktop.at(addresses.portal(), route));
      return;
    }
    String inside = exchange.target().full().substring(route.address().length());
    String origin = addresses.desktops().get().originOf(new ProxyPath(route.path()));
    exchange.redirect(origin + (inside.startsWith("/") ? inside : "/" + inside));
  }

  private void toIdentityProvider(Exchange exchange) {
    exchange.belongsTo("-", "idp", "-");
    // A password is posted; pages of the provider bring dozens of files with them.
    boolean attempt = exchange.request().method().equals(HttpMethod.POST);
    if (attempt && !withinLimits.signingIn(exchange)) {
      return;
    }
    services
        .identityProvider()
        .ifPresentOrElse(
            provider -> forwarder.asSent(exchange, provider),
            () -> exchange.respond(DesktopProblem.notFound()));
  }

  private void toPortal(Exchange exchange) {
    boolean api = exchange.target().isBelow("api");
    exchange.belongsTo("-", api ? "api" : "portal", "-");
    if (addresses.desktops().isPresent() && ForeignPage.made(exchange, addresses.portal())) {
      // In isolated-origin mode a desktop's page is another origin, and stays out.
      exchange.failedBy("foreign-page");
      exchange.respond(DesktopOrigin.foreignPage());
      return;
    }
    if (api && isMachine(exchange)) {
      // session-service verifies it: a program with a bearer token needs no browser's login.
      if (!withinLimits.withoutLogin(exchange)) {
        return;
      }
      exchange.unproven();
      forwarder.asSent(exchange, services.session());
      return;
    }
    requireLogin.of(
        exchange,
        door,
        login -> {
          exchange.belongsTo(login.slug(), api ? "api" : "portal", "-");
          exchange.lastsWhile(() -> verdicts.stands(login.claims()));
          forwarder.withBearer(exchange, services.session(), login.token());
        });
  }

  private boolean isMachine(Exchange exchange) {
    String authorization = exchange.request().headers().get("Authorization");
    return authorization != null
        && authorization.regionMatches(true, 0, "Bearer ", 0, 7)
        && Cookies.named(door.cookie(), exchange.request().headers()).isEmpty();
  }

  /** The segment after {@code /desktop/}, or null. */
  private static @Nullable String desktopOf(RequestTarget target) {
    String path = target.path();
    if (!path.startsWith(ProxyPath.PREFIX) || path.length() == ProxyPath.PREFIX.length()) {
      return null;
    }
    int end = path.indexOf('/', ProxyPath.PREFIX.length());
    return path.substring(ProxyPath.PREFIX.length(), end < 0 ? path.length() : end);
  }
}
