package io.berth.proxy.edge;

import io.berth.common.ProxyPath;
import io.berth.proxy.activity.Activity;
import io.berth.proxy.forward.DesktopProblem;
import io.berth.proxy.forward.DesktopRequest;
import io.berth.proxy.forward.Forwarder;
import io.berth.proxy.forward.ServedDesktop;
import io.berth.proxy.http.Exchange;
import io.berth.proxy.http.RequestTarget;
import io.berth.proxy.login.LoginVerdicts;
import io.berth.proxy.route.Route;
import io.berth.proxy.route.RouteTable;
import io.berth.proxy.tunnel.OpenTunnel;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The stages that lead a login to a desktop, wherever browsers see it. */
final class ReachDesktop {

  private final LoginVerdicts verdicts;
  private final RouteTable routes;
  private final Forwarder forwarder;
  private final OpenTunnel openTunnel;
  private final Activity activity;

  ReachDesktop(
      LoginVerdicts verdicts,
      RouteTable routes,
      Forwarder forwarder,
      OpenTunnel openTunnel,
      Activity activity) {
    this.verdicts = verdicts;
    this.routes = routes;
    this.forwarder = forwarder;
    this.openTunnel = openTunnel;
    this.activity = activity;
  }

  /**
   * Finds the route and goes on if it is the login's own. A route of somebody else is treated as
   * none at all, in every way that can be seen.
   *
   * @param absent answers for what may be the person's own desktop and has no route
   */
  void requireOwner(
      Exchange exchange, Login login, String path, Consumer<Route> then, Runnable absent) {
    Route found = routes.find(path);
    if (found != null && login.owns(found.ownerId())) {
      then.accept(found);
      return;
    }
    boolean maybeOwn =
        ProxyPath.parse(path).filter(p -> p.mayBelongTo(login.claims().slug())).isPresent();
    if (maybeOwn) {
      absent.run();
    } else {
      exchange.respond(DesktopProblem.notFound());
    }
  }

  /** Forwards, over HTTP or by a tunnel, unless the desktop's first page has to be found first. */
  void forward(Exchange exchange, Login login, ServedDesktop desktop) {
    String start = startOf(exchange, desktop);
    if (start != null) {
      exchange.redirect(start);
      return;
    }
    Route route = desktop.route();
    String target = desktop.target(exchange.target());
    if (target.isEmpty()) {
      exchange.respond(DesktopProblem.tooLong());
    } else if (DesktopRequest.isBlocked(target, route)) {
      exchange.respond(DesktopProblem.notFound());
    } else if (exchange.isWebSocket()) {
      openTunnel.open(exchange, login.claims(), desktop, target);
    } else {
      activity.of(route).http();
      exchange.lastsWhile(() -> verdicts.stands(login.claims()) && routes.stands(route));
      forwarder.toDesktop(exchange, desktop, target);
    }
  }

  /** Where a desktop's first page is, if this request is not there yet: its assets are relative. */
  private static @Nullable String startOf(Exchange exchange, ServedDesktop desktop) {
    RequestTarget target = exchange.target();
    String address = desktop.address();
    String first = address + "/";
    if (desktop.isAlone() && target.path().equals("/") && !first.equals("/")) {
      return target.query() == null ? first : first + "?" + target.query();
    }
    boolean bare = target.path().equals(address);
    boolean root = target.path().equals(first);
    String query = target.query();
    if (query == null && !desktop.route().startQuery().isEmpty() && exchange.isNavigation()) {
      query = bare || root ? desktop.startQuery() : null;
      root = root && query != null;
    } else {
      root = false;
    }
    if (!bare && !root) {
      return null;
    }
    return first + (query == null ? "" : "?" + query);
  }
}
