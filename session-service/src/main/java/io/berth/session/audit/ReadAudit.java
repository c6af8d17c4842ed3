package io.berth.session.audit;

import io.berth.session.database.Database;
import io.berth.session.database.Transaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Finds what was done, youngest first. */
@ApplicationScoped
public class ReadAudit {

  /** A line of the trail. */
  public record Line(
      long id,
      Instant at,
      String action,
      String outcome,
      String actorKind,
      @Nullable String actor,
      @Nullable UUID sessionId,
      @Nullable String owner,
      @Nullable String desktopType,
      @Nullable String reason) {}

  /**
   * Which lines; nothing means any.
   *
   * @param concerning the id of a person who must be the owner or the actor
   * @param owner a name in addresses
   * @param actor a name in addresses, or a part of Berth
   * @param before only lines with a smaller id: the next page
   */
  public record Filter(
      Optional<String> concerning,
      Optional<UUID> sessionId,
      Optional<String> owner,
      Optional<String> actor,
      Optional<String> action,
      Optional<String> outcome,
      Optional<Instant> from,
      Optional<Instant> to,
      Optional<Long> before) {}

  private final Database database;

  ReadAudit(Database database) {
    this.database = database;
  }

  /** At most so many lines. */
  public List<Line> find(Filter filter, int limit) {
    StringBuilder where = new StringBuilder("true");
    List<Object> parameters = new ArrayList<>();
    filter
        .concerning()
        .ifPresent(id -> {
          where.append(" AND (owner_id = ? OR actor_id = ?)");
          parameters.add(id);
          parameters.add(id);
        });
    add(where, parameters, "session_id = ?", filter.sessionId());
    add(where, parameters, "owner_name = ?", filter.owner());
    add(where, parameters, "actor_name = ?", filter.actor());
    add(where, parameters, "action = ?", filter.action());
    add(where, parameters, "outcome = ?", filter.outcome());
    add(where, parameters, "at >= ?", filter.from());
    add(where, parameters, "at < ?", filter.to());
    add(where, parameters, "id < ?", filter.before());
    parameters.add(limit);
    return database.transaction(transaction ->
        transaction.list(
            "SELECT * FROM audit WHERE " + where + " ORDER BY id DESC LIMIT ?",
            ReadAudit::line,
            parameters.toArray()));
  }

  private static void add(
      StringBuilder where, List<Object> parameters, String condition, Optional<?> value) {
    value.ifPresent(each -> {
      where.append(" AND ").append(condition);
      parameters.add(each);
    });
  }

  private static Line line(ResultSet row) throws SQLException {
    return new Line(
        row.getLong("id"),
        Objects.requireNonNull(Transaction.instant(row, "at")),
        row.getString("action"),
        row.getString("outcome"),
        row.getString("actor_kind"),
        row.getString("actor_name"),
        row.getObject("session_id", UUID.class),
        row.getString("owner_name"),
        row.getString("desktop_type"),
        row.getString("reason"));
  }
}
