package io.berth.session.lifecycle;

import io.berth.common.DesktopTypeName;
import io.berth.session.database.Database;
import io.berth.session.database.DatabaseUnavailable;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** How long a launch of a type is likely to take: the median of its latest successful ones. */
@ApplicationScoped
public class LaunchEstimates {

  private static final long KEEP = Duration.ofSeconds(10).toNanos();
  private static final int LATEST = 21;

  private record Known(Optional<Duration> estimate, long until) {}

  private final Database database;
  private final Map<DesktopTypeName, Known> known = new ConcurrentHashMap<>();

  LaunchEstimates(Database database) {
    this.database = database;
  }

  /** Nothing for a type that was never launched. */
  public Optional<Duration> of(DesktopTypeName type) {
    Known kept = known.get(type);
    if (kept == null || kept.until() - System.nanoTime() < 0) {
      kept = new Known(median(type), System.nanoTime() + KEEP);
      known.put(type, kept);
    }
    return kept.estimate();
  }

  private Optional<Duration> median(DesktopTypeName type) {
    try {
      return database
          .transaction(transaction ->
              transaction.first(
                  "SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY seconds) FROM ("
                      + "SELECT extract(epoch FROM started_at - created_at)::float8 AS seconds"
                      + " FROM containers WHERE desktop_type = ? AND started_at IS NOT NULL"
                      + " ORDER BY started_at DESC LIMIT ?) AS latest HAVING count(*) > 0",
                  row -> row.getDouble(1),
                  type.value(),
                  LATEST))
          .map(seconds -> Duration.ofMillis(Math.round(seconds * 1000)));
    } catch (DatabaseUnavailable e) {
      return Optional.empty();
    }
  }
}
