package io.berth.session.timeout;

import io.berth.session.database.Database;
import io.berth.session.database.Transaction;
import io.berth.session.lifecycle.SessionRow;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** Reads sessions together with what proxies saw of their people. */
@ApplicationScoped
class Watch {

  private static final String SELECT =
      "SELECT"
          + SessionRow.COLUMNS
          + """
          , now() AS now, input_at, greatest(input_at, http_at, message_at) AS traffic_at,
            connected_at, open_now, carried_unseen,
            (SELECT observing_since FROM activity_watch
             WHERE heard_at > now() - make_interval(secs => ?)) AS observing_since
          FROM containers LEFT JOIN LATERAL (
            SELECT max(input_at) AS input_at, max(http_at) AS http_at,
              max(message_at) AS message_at, max(connected_at) AS connected_at,
              bool_or(connected > 0 AND told_at > now() - make_interval(secs => ?)) AS open_now,
              bool_or(connected > 0 AND told_at <= now() - make_interval(secs => ?)
                AND told_at > now() - make_interval(secs => ?)) AS carried_unseen
            FROM desktop_activity WHERE desktop_activity.session_id = containers.id) AS activity ON true
          WHERE status IN ('running', 'paused') AND\
          """
          + SessionRow.OURS;

  private final Database database;
  private final double silentAfter;
  private final double trustSilentFor;

  Watch(Database database, TimeoutConfig config) {
    this.database = database;
    this.silentAfter = config.silentAfter().toMillis() / 1000.0;
    this.trustSilentFor = config.trustSilentFor().toMillis() / 1000.0;
  }

  /** All sessions that rest. */
  List<Watched> all() {
    return database.transaction(transaction ->
        transaction.list(
            SELECT, Watch::read, silentAfter, silentAfter, silentAfter, trustSilentFor));
  }

  /** One of them, as it is now. */
  Optional<Watched> one(Transaction transaction, UUID id) throws SQLException {
    return transaction.first(
        SELECT + "AND containers.id = ?",
        Watch::read,
        silentAfter,
        silentAfter,
        silentAfter,
        trustSilentFor,
        id);
  }

  /** Forgets what was seen of sessions that have ended. */
  void forgetEnded() {
    database.update(
        "DELETE FROM desktop_activity USING containers"
            + " WHERE desktop_activity.session_id = containers.id"
            + " AND status IN ('stopped', 'failed')");
  }

  private static Watched read(ResultSet row) throws SQLException {
    return new Watched(
        SessionRow.read(row),
        instant(row, "input_at"),
        instant(row, "traffic_at"),
        instant(row, "connected_at"),
        row.getBoolean("open_now"),
        row.getBoolean("carried_unseen"),
        instant(row, "observing_since"),
        Objects.requireNonNull(Transaction.instant(row, "now")));
  }

  private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(Transaction.instant(row, column));
  }
}
