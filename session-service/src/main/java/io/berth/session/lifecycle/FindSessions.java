package io.berth.session.lifecycle;

import io.berth.session.database.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds sessions of all people, youngest first, for administrators. */
@ApplicationScoped
public class FindSessions {

  /**
   * Which; nothing means any.
   *
   * @param owner a name in addresses
   * @param live only those that have not ended
   * @param before only those of a smaller generation: the next page
   */
  public record Filter(
      Optional<String> owner,
      Optional<String> type,
      Optional<SessionState> state,
      boolean live,
      Optional<Long> before) {}

  private final Database database;

  FindSessions(Database database) {
    this.database = database;
  }

  /** At most so many. */
  public List<Session> find(Filter filter, int limit) {
    StringBuilder where = new StringBuilder(SessionRow.OURS);
    List<Object> parameters = new ArrayList<>();
    add(where, parameters, "owner_slug = ?", filter.owner());
    add(where, parameters, "desktop_type = ?", filter.type());
    add(where, parameters, "status = ?", filter.state().map(SessionState::word));
    add(where, parameters, "generation < ?", filter.before());
    if (filter.live()) {
      where.append(" AND status NOT IN ('stopped', 'failed')");
    }
    parameters.add(limit);
    return database.transaction(transaction ->
        transaction.list(
            "SELECT"
                + SessionRow.COLUMNS
                + "FROM containers WHERE"
                + where
                + " ORDER BY generation DESC LIMIT ?",
            SessionRow::read,
            parameters.toArray()));
  }

  private static void add(
      StringBuilder where, List<Object> parameters, String condition, Optional<?> value) {
    value.ifPresent(each -> {
      where.append(" AND ").append(condition);
      parameters.add(each);
    });
  }
}
