package io.berth.session.lifecycle;

import io.berth.common.ProxyPath;
import io.berth.session.database.Database;
import io.berth.session.quota.Seats;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/** The sessions that there are and were. */
@ApplicationScoped
public class Sessions {

  private static final String SELECT =
      "SELECT" + SessionRow.COLUMNS + "FROM containers WHERE" + SessionRow.OURS + "AND ";

  private final Database database;

  Sessions(Database database) {
    this.database = database;
  }

  /** The session of an id. */
  public Optional<Session> find(UUID id) {
    return first("id = ?", id);
  }

  /** The session of an id, if it is this person's: another's is as if there were none. */
  public Optional<Session> find(UUID id, String ownerId) {
    return first("id = ? AND user_id = ?", id, ownerId);
  }

  /** The sessions of these ids that there are. */
  public List<Session> find(Collection<UUID> ids) {
    List<String> words = ids.stream().map(UUID::toString).toList();
    return list("id = ANY (?::uuid[])", words);
  }

  /** The live session of a path, whoever's it is. */
  public Optional<Session> findLive(ProxyPath path) {
    return first("proxy_path = ? AND status NOT IN ('stopped', 'failed')", path.value());
  }

  /** The latest session of a person at a path, live or not. */
  public Optional<Session> latest(String ownerId, ProxyPath path) {
    return first("user_id = ? AND proxy_path = ? ORDER BY generation DESC", ownerId, path.value());
  }

  /** The latest session of each desktop type that a person has asked for, youngest first. */
  public List<Session> latest(String ownerId) {
    return list(
        "generation IN (SELECT max(generation) FROM containers WHERE user_id = ?"
            + " GROUP BY desktop_type) ORDER BY generation DESC",
        ownerId);
  }

  /** All sessions in which no worker has anything to do: those that run or are paused. */
  public List<Session> resting() {
    return list("status IN ('running', 'paused')");
  }

  /** All warm seats that can be claimed. */
  public List<Session> readySeats() {
    return list("status = 'ready'");
  }

  /** How many host ports are taken, those that rest apart. */
  public int countPorts() {
    return database.transaction(transaction ->
        transaction
            .first(
                "SELECT count(host_port) FROM containers WHERE status NOT IN ('stopped', 'failed')",
                row -> row.getInt(1))
            .orElse(0));
  }

  /** How many sessions of people are in each state, the ended ones apart. */
  public Map<SessionState, Integer> countLive() {
    Map<SessionState, Integer> counts = new TreeMap<>();
    database.transaction(transaction ->
        transaction.list(
            "SELECT status, count(*) FROM containers"
                + " WHERE status NOT IN ('stopped', 'failed') AND user_id <> ? GROUP BY status",
            row -> counts.put(SessionState.of(row.getString(1)), row.getInt(2)),
            Seats.NOBODY));
    return counts;
  }

  private Optional<Session> first(String condition, Object... parameters) {
    return database.transaction(transaction ->
        transaction.first(SELECT + condition + " LIMIT 1", SessionRow::read, parameters));
  }

  private List<Session> list(String condition, Object... parameters) {
    return database.transaction(
        transaction -> transaction.list(SELECT + condition, SessionRow::read, parameters));
  }
}
