package io.berth.session.quota;

import io.berth.session.database.Database;
import io.berth.session.database.Transaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The people who wait for room, first come, first served. The line is in the table: it outlives
 * every process, and any replica may move it up.
 */
@ApplicationScoped
public class WaitingLine {

  private static final String WAITING = " status = 'requested' AND queue_position IS NOT NULL ";

  private static final String ADMIT =
      """
      UPDATE containers SET queue_position = NULL, progress_message = NULL,
        state_since = now(), due_at = now()
      WHERE id = ? AND status = 'requested'
      """;

  private static final String REFUSE =
      """
      UPDATE containers SET status = 'stopping', ends_as = 'failed', progress_message = NULL,
        ended_by = 'system', ended_by_actor = 'quotas',
        reason = 'It needs more than the host may give by now. Next step: ask your administrator.',
        state_since = now(), due_at = now()
      WHERE id = ? AND status = 'requested'
      """;

  /** Somebody in line. */
  private record Waiting(UUID id, int position, String message, Share needed) {}

  private final Database database;
  private final QuotaConfig config;
  private final HostBudget budget;

  public WaitingLine(Database database, QuotaConfig config, HostBudget budget) {
    this.database = database;
    this.config = config;
    this.budget = budget;
  }

  /**
   * Lets in whoever has room now, in their order, and tells the others their place; returns who was
   * let in. The first in line holds up the others, so that nobody waits forever; warm seats give
   * way to them.
   */
  public List<UUID> moveUp() {
    if (database.transaction(this::length) == 0) {
      return List.of();
    }
    Share host = budget.now();
    return database.transaction(transaction -> {
      Quotas.lock(transaction);
      return moveUp(transaction, host);
    });
  }

  private List<UUID> moveUp(Transaction transaction, Share host) throws SQLException {
    List<Waiting> waiting =
        transaction.list(
            "SELECT id, queue_position, coalesce(progress_message, ''), reserved_memory,"
                + " reserved_cpus FROM containers WHERE"
                + WAITING
                + "ORDER BY generation FOR UPDATE",
            row ->
                new Waiting(
                    row.getObject(1, UUID.class),
                    row.getInt(2),
                    row.getString(3),
                    new Share(row.getLong(4), row.getDouble(5))));
    Usage usage = Usage.read(transaction, config.countPaused());
    List<UUID> admitted = new ArrayList<>();
    int position = 0;
    for (Waiting each : waiting) {
      if (position == 0 && !each.needed().fitsInto(host)) {
        transaction.update(REFUSE, each.id());
      } else if (position == 0 && hasRoom(usage, each.needed(), host)) {
        transaction.update(ADMIT, each.id());
        usage = usage.plus(each.needed());
        admitted.add(each.id());
      } else {
        position++;
        if (position == 1) {
          makeRoom(transaction, usage, each.needed(), host);
        }
        tell(transaction, each, position);
      }
    }
    return admitted;
  }

  /** Whether a desktop can begin now. */
  boolean hasRoom(Usage usage, Share needed, Share host) {
    return hasSessions(usage) && usage.all().plus(needed).fitsInto(host);
  }

  private boolean hasSessions(Usage usage) {
    return config.sessions().map(most -> usage.sessions() < most).orElse(true);
  }

  /** Seats go if that helps the first in line, and only as many as it takes. */
  private void makeRoom(Transaction transaction, Usage usage, Share needed, Share host)
      throws SQLException {
    Share withoutSeats = usage.people().plus(needed);
    if (hasSessions(usage) && withoutSeats.fitsInto(host)) {
      Share missing = usage.people().plus(usage.seats()).plus(needed).minus(host);
      Seats.giveUp(transaction, missing);
    }
  }

  private void tell(Transaction transaction, Waiting waiting, int position) throws SQLException {
    String message = message(transaction, position);
    if (waiting.position() != position || waiting.message().isEmpty()) {
      transaction.update(
          "UPDATE containers SET queue_position = ?, progress_message = ? WHERE id = ?",
          position,
          message,
          waiting.id());
    }
  }

  /** What a person in line reads. */
  public String message(Transaction transaction, int position) throws SQLException {
    String place =
        position == 1
            ? "Waiting for room on this host: you are next"
            : "Waiting for room on this host: number %d in line".formatted(position);
    return estimate(transaction, position)
        .map(time -> "%s, in about %s.".formatted(place, words(time)))
        .orElse(place + ".");
  }

  /** How many wait. */
  int length(Transaction transaction) throws SQLException {
    return transaction
        .first("SELECT count(*) FROM containers WHERE" + WAITING, row -> row.getInt(1))
        .orElse(0);
  }

  /** When a place in line gets its turn if desktops end as often as in the last hour. */
  Optional<Duration> estimate(Transaction transaction, int position) throws SQLException {
    int ended =
        transaction
            .first(
                "SELECT count(*) FROM containers WHERE ended_at > now() - interval '1 hour'"
                    + " AND started_at IS NOT NULL AND user_id <> ?",
                row -> row.getInt(1),
                Seats.NOBODY)
            .orElse(0);
    return ended == 0
        ? Optional.empty()
        : Optional.of(Duration.ofHours(1).dividedBy(ended).multipliedBy(position));
  }

  private static String words(Duration time) {
    return time.toSeconds() < 90 ? time.toSeconds() + " s" : (time.toSeconds() + 30) / 60 + " min";
  }
}
