package io.berth.proxy.edge;

import io.berth.common.ProxyPath;
import io.berth.proxy.activity.Activity;
import io.berth.proxy.forward.DesktopProblem;
import io.berth.proxy.forward.DesktopRequest;
import io.berth.proxy.forward.Forwarder;
import io.berth.proxy.http.Exchange;
import io.berth.proxy.http.RequestTarget;
import io.berth.proxy.login.LoginVerdicts;
import io.berth.proxy.route.Route;
import io.berth.proxy.route.RouteTable;
import io.berth.proxy.tunnel.OpenTunnel;
import io.netty.handler.codec.http.HttpMethod;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a request. To a desktop: {@code requireLogin → findRoute → requireOwner →
 * forward}; nothing is dialled before all of them agree.
 */
final class Edge {

  private final Services services;
  private final RequireLogin requireLogin;
  private final LoginVerdicts verdicts;
  private final RouteTable routes;
  private final Forwarder forwarder;
  private final OpenTunnel openTunnel;
  private final Activity activity;

  Edge(
      Services services,
      RequireLogin requireLogin,
      LoginVerdicts verdicts,
      RouteTable routes,
      Forwarder forwarder,
      OpenTunnel openTunnel,
      Activity activity) {
    this.services = services;
    this.requireLogin = requireLogin;
    this.verdicts = verdicts;
    this.routes = routes;
    this.forwarder = forwarder;
    this.openTunnel = openTunnel;
    this.activity = activity;
  }

  /** Takes each request, on its event loop. */
  void handle(Exchange exchange) {
    RequestTarget target = exchange.target();
    String desktop = desktopOf(target);
    if (desktop != null) {
      toDesktop(exchange, desktop);
    } else if (target.isBelow("auth")) {
      exchange.belongsTo("-", "auth", "-");
      forwarder.withCookies(exchange, services.auth());
    } else if (target.isBelow("idp")) {
      toIdentityProvider(exchange);
    } else if (target.isBelow("q")) {
      // The services' own management paths, should one be served on an application port.
      exchange.respond(DesktopProblem.notFound());
    } else {
      toPortal(exchange);
    }
  }

  private void toDesktop(Exchange exchange, String path) {
    exchange.belongsTo("-", "desktop", path);
    requireLogin.of(
        exchange,
        login -> {
          exchange.belongsTo(login.slug(), "desktop", path);
          requireOwner(
              exchange, login, path, routes.find(path), route -> forward(exchange, login, route));
        });
  }

  /** A route of somebody else is treated as none at all, in every way that can be seen. */
  private void requireOwner(
      Exchange exchange, Login login, String path, @Nullable Route found, Consumer<Route> then) {
    if (found != null && login.owns(found.ownerId())) {
      then.accept(found);
      return;
    }
    boolean maybeOwn =
        ProxyPath.parse(path).filter(p -> p.mayBelongTo(login.claims().slug())).isPresent();
    if (!maybeOwn) {
      exchange.respond(DesktopProblem.notFound());
    } else if (exchange.isNavigation() || asksForAddress(exchange, path)) {
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
    String start = startOf(exchange, route);
    if (start != null) {
      exchange.redirect(start);
      return;
    }
    String target = DesktopRequest.target(exchange.target(), route);
    if (target.isEmpty()) {
      exchange.respond(DesktopProblem.tooLong());
    } else if (DesktopRequest.isBlocked(target, route)) {
      exchange.respond(DesktopProblem.notFound());
    } else if (exchange.isWebSocket()) {
      openTunnel.open(exchange, login.claims(), route, target);
    } else {
      activity.of(route).http();
      exchange.lastsWhile(() -> verdicts.stands(login.claims()) && routes.stands(route));
      forwarder.toDesktop(exchange, route, target);
    }
  }

  /** Where a desktop's first page is, if this request is not there yet: its assets are relative. */
  private static @Nullable String startOf(Exchange exchange, Route route) {
    RequestTarget target = exchange.target();
    boolean bare = target.path().equals(route.address());
    boolean root = target.path().equals(route.address() + "/");
    String query = target.query();
    if (query == null && !route.startQuery().isEmpty() && exchange.isNavigation()) {
      query = bare || root ? route.readyStartQuery() : null;
      root = root && query != null;
    } else {
      root = false;
    }
    if (!bare && !root) {
      return null;
    }
    return route.address() + "/" + (query == null ? "" : "?" + query);
  }

  private void toIdentityProvider(Exchange exchange) {
    exchange.belongsTo("-", "idp", "-");
    services
        .identityProvider()
        .ifPresentOrElse(
            provider -> forwarder.asSent(exchange, provider),
            () -> exchange.respond(DesktopProblem.notFound()));
  }

  private void toPortal(Exchange exchange) {
    boolean api = exchange.target().isBelow("api");
    exchange.belongsTo("-", api ? "api" : "portal", "-");
    if (api && isMachine(exchange)) {
      // session-service verifies it: a program with a bearer token needs no browser's login.
      forwarder.asSent(exchange, services.session());
      return;
    }
    requireLogin.of(
        exchange,
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
        && !requireLogin.hasCookie(exchange);
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
