package io.berth.session.lifecycle;

import io.berth.common.DesktopTypeName;
import io.berth.common.ProxyPath;
import io.berth.common.Slug;
import io.berth.session.catalogue.EndAction;
import io.berth.session.container.Address;
import io.berth.session.database.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads a row of {@code containers}. Rows of the port-based application have no owner's slug. */
public final class SessionRow {

  /** The columns, for a SELECT or RETURNING. */
  public static final String COLUMNS =
      " containers.id, user_id, owner_slug, desktop_type, proxy_path, container_name, host_port,"
          + " host(upstream_host) AS upstream_address, upstream_port, status, generation, stand_in,"
          + " image, upstream_secret, progress_percent, progress_message, queue_position,"
          + " claimed_at IS NOT NULL AS claimed, ends_as, reason, ended_by, ended_by_actor, doing,"
          + " extended_at, ending_at, ending_why, ending_action, created_at, state_since, asked_at,"
          + " started_at, ended_at ";

  /** What keeps the rows of the port-based application out. */
  public static final String OURS = " owner_slug IS NOT NULL ";

  private SessionRow() {}

  /** The session of the row that a result stands at. */
  public static Session read(ResultSet row) throws SQLException {
    return new Session(
        Objects.requireNonNull(row.getObject("id", UUID.class)),
        row.getString("user_id"),
        new Slug(row.getString("owner_slug")),
        new DesktopTypeName(row.getString("desktop_type")),
        new ProxyPath(row.getString("proxy_path")),
        row.getString("container_name"),
        number(row, "host_port"),
        upstream(row),
        SessionState.of(row.getString("status")),
        row.getLong("generation"),
        row.getBoolean("stand_in"),
        Optional.ofNullable(row.getString("image")),
        Optional.ofNullable(row.getString("upstream_secret")),
        number(row, "progress_percent"),
        Optional.ofNullable(row.getString("progress_message")),
        number(row, "queue_position"),
        row.getBoolean("claimed"),
        "failed".equals(row.getString("ends_as")),
        Optional.ofNullable(row.getString("reason")),
        Optional.ofNullable(row.getString("ended_by")).map(EndedBy::of),
        Optional.ofNullable(row.getString("ended_by_actor")),
        row.getString("doing"),
        optional(Transaction.instant(row, "extended_at")),
        ending(row),
        Objects.requireNonNull(Transaction.instant(row, "created_at")),
        Objects.requireNonNull(Transaction.instant(row, "state_since")),
        Objects.requireNonNull(Transaction.instant(row, "asked_at")),
        optional(Transaction.instant(row, "started_at")),
        optional(Transaction.instant(row, "ended_at")));
  }

  private static OptionalInt number(ResultSet row, String column) throws SQLException {
    int number = row.getInt(column);
    return row.wasNull() ? OptionalInt.empty() : OptionalInt.of(number);
  }

  private static Optional<Address> upstream(ResultSet row) throws SQLException {
    String host = row.getString("upstream_address");
    return host == null
        ? Optional.empty()
        : Optional.of(new Address(host, row.getInt("upstream_port")));
  }

  private static Optional<AnnouncedEnd> ending(ResultSet row) throws SQLException {
    Instant at = Transaction.instant(row, "ending_at");
    return at == null
        ? Optional.empty()
        : Optional.of(
            new AnnouncedEnd(
                at,
                EndedBy.of(row.getString("ending_why")),
                EndAction.of(row.getString("ending_action"))));
  }

  private static Optional<Instant> optional(@Nullable Instant instant) {
    return Optional.ofNullable(instant);
  }
}
