package io.berth.session.route;

/** A route that leads somewhere else than to its own session's desktop is not written. */
public class RouteRefused extends RuntimeException {

  private static final long serialVersionUID = 1;

  RouteRefused(Route route) {
    super("route %s to %s refused".formatted(route.path(), route.upstream()));
  }
}
