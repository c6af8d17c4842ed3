package io.berth.session.timeout;

import io.berth.common.DesktopActivity;
import io.berth.session.database.Database;
import io.berth.session.database.DatabaseUnavailable;
import io.berth.session.database.Notifications;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Writes down what proxies tell of people at their desktops: one statement per report. Every
 * replica hears every report; who comes second finds it written and changes nothing.
 */
@ApplicationScoped
class ActivityReports {

  private static final Logger LOG = Logger.getLogger(ActivityReports.class);
  private static final int MOST_WAITING = 1_000;

  private static final String WRITE =
      """
      WITH watch AS (
        INSERT INTO activity_watch AS known (observing_since, heard_at) VALUES (now(), now())
        ON CONFLICT (only_row) DO UPDATE SET heard_at = now(), observing_since =
          CASE WHEN known.heard_at < now() - make_interval(secs => ?) THEN now()
            ELSE known.observing_since END
        WHERE known.heard_at < now() - interval '1 second')
      INSERT INTO desktop_activity AS known
        (session_id, proxy, connected, connected_at, input_at, http_at, message_at, told_at)
      SELECT containers.id, ?, seen.connected, CASE WHEN seen.connected > 0 THEN now() END,
        now() - make_interval(secs => seen.input), now() - make_interval(secs => seen.http),
        now() - make_interval(secs => seen.message), now()
      FROM unnest(?::bigint[], ?::integer[], ?::float8[], ?::float8[], ?::float8[])
        AS seen (generation, connected, input, http, message)
      JOIN containers USING (generation)
      WHERE containers.status NOT IN ('stopped', 'failed')
      ORDER BY containers.id
      ON CONFLICT (session_id, proxy) DO UPDATE SET
        connected = EXCLUDED.connected, told_at = EXCLUDED.told_at,
        connected_at = greatest(known.connected_at, EXCLUDED.connected_at),
        input_at = greatest(known.input_at, EXCLUDED.input_at),
        http_at = greatest(known.http_at, EXCLUDED.http_at),
        message_at = greatest(known.message_at, EXCLUDED.message_at)
      WHERE known.told_at < now() - interval '1 second'
      """;

  private final Notifications notifications;
  private final Database database;
  private final double silentAfter;
  private final LinkedBlockingQueue<DesktopActivity> waiting =
      new LinkedBlockingQueue<>(MOST_WAITING);
  private @Nullable Thread thread;

  ActivityReports(Notifications notifications, Database database, TimeoutConfig config) {
    this.notifications = notifications;
    this.database = database;
    this.silentAfter = config.silentAfter().toMillis() / 1000.0;
  }

  void start(@Observes @Priority(230) StartupEvent started) {
    notifications.listen(
        DesktopActivity.CHANNEL,
        payload -> DesktopActivity.parse(payload).ifPresent(waiting::offer));
    thread = Thread.ofVirtual().name("activity-reports").start(this::run);
  }

  void stop(@Observes ShutdownEvent stopped) {
    if (thread != null) {
      thread.interrupt();
    }
  }

  private void run() {
    try {
      while (true) {
        DesktopActivity report = waiting.take();
        try {
          write(report);
        } catch (DatabaseUnavailable e) {
          LOG.debugf("a report of a proxy was not written; the next one says it again");
        } catch (RuntimeException e) {
          LOG.error("a report of a proxy could not be written", e);
        }
      }
    } catch (InterruptedException e) {
      // The service stops.
    }
  }

  void write(DesktopActivity report) {
    List<DesktopActivity.Seen> seen = report.desktops();
    database.update(
        WRITE,
        silentAfter,
        report.instance(),
        column(seen, each -> Long.toString(each.generation())),
        column(seen, each -> Integer.toString(each.connected())),
        column(seen, each -> seconds(each.input())),
        column(seen, each -> seconds(each.http())),
        column(seen, each -> seconds(each.message())));
  }

  private static List<@Nullable String> column(
      List<DesktopActivity.Seen> seen, Function<DesktopActivity.Seen, @Nullable String> value) {
    List<@Nullable String> column = new ArrayList<>();
    seen.forEach(each -> column.add(value.apply(each)));
    return column;
  }

  private static @Nullable String seconds(@Nullable Duration ago) {
    return ago == null ? null : Long.toString(ago.toSeconds());
  }
}
