package io.berth.session.pool;

import io.berth.session.catalogue.DesktopType;
import io.berth.session.container.DesktopPassword;
import io.berth.session.database.Transaction;
import io.berth.session.quota.Seats;
import io.berth.session.quota.Share;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * Seats in table {@code containers}. A seat is a session's row whose owner is nobody: the same
 * workers bring it up, and its claim makes it somebody's without making anything anew.
 */
@ApplicationScoped
class SeatRows {

  /** In place of an owner's slug and in the path, which no route ever leads to. */
  private static final String NAME = "nobody";

  private static final String LIVE =
      " user_id = '" + Seats.NOBODY + "' AND status NOT IN ('stopping', 'stopped', 'failed') ";

  private final DesktopPassword passwords;

  SeatRows(DesktopPassword passwords) {
    this.passwords = passwords;
  }

  /** All that are there to stay, oldest first. */
  List<Seat> live(Transaction transaction) throws SQLException {
    return transaction.list(
        "SELECT id, desktop_type, status, seat_recipe, created_at FROM containers WHERE"
            + LIVE
            + "ORDER BY generation FOR UPDATE",
        row ->
            new Seat(
                row.getObject(1, UUID.class),
                row.getString(2),
                row.getString(3).equals("ready"),
                Objects.requireNonNullElse(row.getString(4), ""),
                Objects.requireNonNull(Transaction.instant(row, "created_at"))));
  }

  void add(Transaction transaction, DesktopType type, OptionalInt port) throws SQLException {
    UUID id = UUID.randomUUID();
    String mark = id.toString().substring(24);
    Share share = Share.of(type);
    transaction.update(
        "INSERT INTO containers (id, user_id, owner_slug, session_id, container_name, desktop_type,"
            + " host_port, proxy_path, status, upstream_secret, reserved_memory, reserved_cpus,"
            + " seat_recipe, seat_since, due_at)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?::integer, ?, 'requested', ?, ?, ?, ?, now(), now())",
        id,
        Seats.NOBODY,
        NAME,
        id.toString(),
        "kasm-seat-%s-%s".formatted(type.name(), mark),
        type.name().value(),
        port.isPresent() ? port.getAsInt() : null,
        NAME + "-" + mark,
        passwords.fresh(),
        share.memory(),
        share.cpus(),
        Recipe.of(type));
  }

  /** Sends a seat away, unless somebody has it meanwhile. */
  void retire(Transaction transaction, Seat seat, String reason) throws SQLException {
    transaction.update(
        "UPDATE containers SET status = 'stopping', ends_as = 'stopped', reason = ?, ended_by ="
            + " 'system', ended_by_actor = 'pool', state_since = now(), due_at = now() WHERE id = ?"
            + " AND"
            + LIVE,
        reason,
        seat.id());
  }

  /** The oldest seat of a type that can be claimed, held until the transaction ends. */
  Optional<UUID> ready(Transaction transaction, DesktopType type) throws SQLException {
    return transaction.first(
        "SELECT id FROM containers WHERE status = 'ready' AND user_id = ? AND desktop_type = ?"
            + " AND seat_recipe = ? ORDER BY generation LIMIT 1 FOR UPDATE SKIP LOCKED",
        row -> row.getObject(1, UUID.class),
        Seats.NOBODY,
        type.name().value(),
        Recipe.of(type));
  }

  Demand demand(Transaction transaction, DesktopType type) throws SQLException {
    Duration window = type.pool().demandWindow();
    int launches =
        transaction
            .first(
                "SELECT count(*) FROM containers WHERE desktop_type = ? AND user_id <> ?"
                    + " AND created_at > ?",
                row -> row.getInt(1),
                type.name().value(),
                Seats.NOBODY,
                Instant.now().minus(window))
            .orElse(0);
    double seconds =
        transaction
            .first(
                "SELECT coalesce(avg(extract(epoch FROM ready_at - seat_since)), 30)::double"
                    + " precision FROM (SELECT ready_at, seat_since FROM containers WHERE"
                    + " desktop_type = ? AND ready_at IS NOT NULL ORDER BY generation DESC LIMIT"
                    + " 20) AS latest",
                row -> row.getDouble(1),
                type.name().value())
            .orElse(30.0);
    return new Demand(launches, window, Duration.ofMillis((long) (seconds * 1000)));
  }

  /** When the next seat may be made, after some that could not. */
  Instant retryAt(Transaction transaction, DesktopType type, PoolConfig config)
      throws SQLException {
    record Failures(int count, Instant last) {}
    Failures failures =
        transaction
            .first(
                "SELECT count(*), coalesce(max(ended_at), 'epoch') AS last FROM containers"
                    + " WHERE user_id = ? AND desktop_type = ? AND status = 'failed'"
                    + " AND ready_at IS NULL AND ended_at > ?",
                row ->
                    new Failures(
                        row.getInt(1), Objects.requireNonNull(Transaction.instant(row, "last"))),
                Seats.NOBODY,
                type.name().value(),
                Instant.now().minus(config.retryAtMost().multipliedBy(2)))
            .orElseThrow();
    if (failures.count() == 0) {
      return Instant.MIN;
    }
    Duration pause = config.retryAfter().multipliedBy(1L << Math.min(10, failures.count() - 1));
    return failures
        .last()
        .plus(pause.compareTo(config.retryAtMost()) > 0 ? config.retryAtMost() : pause);
  }

  /** Forgets seats that ended an hour ago unclaimed: they are nobody's history. */
  void purge(Transaction transaction) throws SQLException {
    transaction.update(
        "DELETE FROM containers WHERE user_id = ? AND status IN ('stopped', 'failed')"
            + " AND port_free_at < now() - interval '1 hour'",
        Seats.NOBODY);
  }
}
