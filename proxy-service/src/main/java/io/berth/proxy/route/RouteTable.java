package io.berth.proxy.route;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Every route there is, in memory; whoever holds something open by a route hears when it goes. */
public final class RouteTable {

  private final Map<String, Route> routes = new ConcurrentHashMap<>();
  private final List<Consumer<Route>> whenGone = new CopyOnWriteArrayList<>();
  private volatile long changedAt = System.nanoTime();

  /** The route of a path, or null. */
  public @Nullable Route find(String path) {
    return routes.get(path);
  }

  /** Whether this very incarnation still stands. */
  public boolean stands(Route route) {
    Route current = routes.get(route.path());
    return current != null && current.generation() == route.generation();
  }

  /** Number of routes. */
  public int size() {
    return routes.size();
  }

  /** Time since the table last changed, or since it was made. */
  public Duration unchangedFor() {
    return Duration.ofNanos(System.nanoTime() - changedAt);
  }

  /** Number of ports that routes lead to. */
  public long portsInUse() {
    return routes.values().stream().map(route -> route.upstream().toString()).distinct().count();
  }

  /** Calls back for each route that is withdrawn or replaced by another generation. */
  public void whenGone(Consumer<Route> listener) {
    whenGone.add(listener);
  }

  /** Adds a route, in place of any other at its path. */
  public void publish(Route route) {
    Route before = routes.put(route.path(), route);
    changedAt = System.nanoTime();
    if (before != null && before.generation() != route.generation()) {
      gone(before);
    }
  }

  /** Removes the route of a path, if there is one. */
  public void withdraw(String path) {
    Route before = routes.remove(path);
    if (before != null) {
      changedAt = System.nanoTime();
      gone(before);
    }
  }

  /** What a full resync changed: published and withdrawn routes. */
  public record Difference(List<Route> published, List<Route> withdrawn) {}

  /** Makes the table hold exactly these; what stays the same is not touched. */
  public Difference replaceAll(List<Route> all) {
    Map<String, Route> wanted = HashMap.newHashMap(all.size());
    all.forEach(route -> wanted.put(route.path(), route));
    List<Route> published = new ArrayList<>();
    List<Route> withdrawn = new ArrayList<>();
    for (Route route : List.copyOf(routes.values())) {
      Route replacement = wanted.get(route.path());
      if (replacement == null || replacement.generation() != route.generation()) {
        withdrawn.add(route);
      }
      if (replacement == null) {
        withdraw(route.path());
      }
    }
    for (Route route : wanted.values()) {
      if (!route.equals(routes.get(route.path()))) {
        publish(route);
        published.add(route);
      }
    }
    return new Difference(published, withdrawn);
  }

  private void gone(Route route) {
    whenGone.forEach(listener -> listener.accept(route));
  }
}
