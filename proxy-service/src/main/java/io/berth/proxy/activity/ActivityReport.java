package io.berth.proxy.activity;

import io.berth.common.DesktopActivity;
import io.berth.proxy.feed.DatabaseFeed;
import io.berth.proxy.route.Route;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.function.Predicate;

/**
 * Tells session-service now and then what was seen. Each report says all of it again, so that one
 * that is lost does no harm.
 */
public final class ActivityReport implements AutoCloseable {

  private final Activity activity;
  private final DatabaseFeed feed;
  private final String instance;
  private final Predicate<Route> stands;
  private final Vertx vertx;
  private volatile long timer = -1;

  /**
   * @param instance this proxy's name
   * @param stands whether a route is still there
   */
  public ActivityReport(
      Activity activity, DatabaseFeed feed, String instance, Predicate<Route> stands, Vertx vertx) {
    this.activity = activity;
    this.feed = feed;
    this.instance = instance;
    this.stands = stands;
    this.vertx = vertx;
  }

  /** Tells from now on. */
  public void start(Duration every) {
    timer = vertx.setPeriodic(every.toMillis(), nothing -> tell());
  }

  /** Tells now; done when PostgreSQL has it, or is away. */
  public Future<Void> tell() {
    Future<Void> told = Future.succeededFuture();
    for (String payload : activity.seenBy(instance, stands).payloads()) {
      told = told.compose(before -> feed.tell(DesktopActivity.CHANNEL, payload));
    }
    return told;
  }

  @Override
  public void close() {
    vertx.cancelTimer(timer);
  }
}
