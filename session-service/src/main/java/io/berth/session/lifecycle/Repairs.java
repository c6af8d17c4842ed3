package io.berth.session.lifecycle;

import io.berth.session.database.Database;
import io.berth.session.database.DatabaseUnavailable;
import io.berth.session.database.Transaction;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/** Counts, logs and remembers what was found to differ from what is wanted, and was mended. */
@Startup // its counters are there before anything is mended
@ApplicationScoped
public class Repairs {

  /**
   * One that was done.
   *
   * @param kind as {@link Repair#word} spells it
   * @param subject the route, container or port that was mended
   * @param reason what was found
   */
  public record Done(
      Instant at, String kind, Optional<UUID> sessionId, String subject, String reason) {}

  private static final int MOST_TOLD = 200;

  private final Database database;
  private final Map<Repair, Counter> counters = new EnumMap<>(Repair.class);

  Repairs(Database database, MeterRegistry meters) {
    this.database = database;
    for (Repair repair : Repair.values()) {
      counters.put(
          repair,
          Counter.builder("berth.session.repairs").tag("kind", repair.word()).register(meters));
    }
  }

  void done(Repair repair, Session session, String reason) {
    done(repair, Optional.of(session.id()), session.path().value(), reason);
  }

  void done(Repair repair, Optional<UUID> sessionId, String subject, String reason) {
    Objects.requireNonNull(counters.get(repair)).increment();
    Log.repaired(repair, sessionId, subject, reason);
    try {
      database.transaction(transaction -> {
        transaction.update("DELETE FROM repairs WHERE at < now() - interval '30 days'");
        return transaction.update(
            "INSERT INTO repairs (kind, session_id, subject, reason) VALUES (?, ?, ?, ?)",
            repair.word(),
            sessionId.orElse(null),
            subject,
            reason);
      });
    } catch (DatabaseUnavailable e) {
      Log.notNow("a repair is not remembered", e);
    }
  }

  /** The latest, of all replicas, youngest first. */
  public List<Done> latest() {
    return database.transaction(transaction ->
        transaction.list(
            "SELECT at, kind, session_id, subject, reason FROM repairs ORDER BY id DESC LIMIT ?",
            row ->
                new Done(
                    Objects.requireNonNull(Transaction.instant(row, "at")),
                    row.getString("kind"),
                    Optional.ofNullable(row.getObject("session_id", UUID.class)),
                    row.getString("subject"),
                    row.getString("reason")),
            MOST_TOLD));
  }

  /** How many of each kind there were in the last day, on all replicas. */
  public Map<String, Integer> countOfLastDay() {
    Map<String, Integer> counts = new TreeMap<>();
    database.transaction(transaction ->
        transaction.list(
            "SELECT kind, count(*) FROM repairs WHERE at > now() - interval '1 day' GROUP BY kind",
            row -> counts.put(row.getString(1), row.getInt(2))));
    return counts;
  }
}
