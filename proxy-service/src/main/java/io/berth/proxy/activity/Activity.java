package io.berth.proxy.activity;

import io.berth.common.DesktopActivity;
import io.berth.proxy.route.Route;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/** What people do at each desktop that is reached through this proxy. */
public final class Activity {

  private record Watched(Route route, DesktopWatch watch) {}

  private final Map<Long, Watched> desktops = new ConcurrentHashMap<>();
  private final LongSupplier clock;

  public Activity() {
    this(System::nanoTime);
  }

  /**
   * @param clock in nanoseconds
   */
  Activity(LongSupplier clock) {
    this.clock = clock;
  }

  /** Where to note what happens at a desktop. */
  public DesktopWatch of(Route route) {
    Long key = route.generation();
    Watched known = desktops.get(key);
    return known != null ? known.watch : desktops.computeIfAbsent(key, g -> fresh(route)).watch;
  }

  private Watched fresh(Route route) {
    return new Watched(route, new DesktopWatch(route.generation(), clock));
  }

  /** Number of desktops that it knows something of. */
  public int size() {
    return desktops.size();
  }

  /** What was seen until now; desktops whose route no longer stands are forgotten. */
  public DesktopActivity seenBy(String instance, Predicate<Route> stands) {
    desktops.values().removeIf(desktop -> !stands.test(desktop.route));
    List<DesktopActivity.Seen> seen =
        desktops.values().stream().map(desktop -> desktop.watch.seen()).toList();
    return new DesktopActivity(instance, seen);
  }
}
