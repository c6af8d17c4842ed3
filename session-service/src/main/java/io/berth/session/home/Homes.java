package io.berth.session.home;

import io.berth.common.ProxyPath;
import io.berth.session.container.ContainerRuntime;
import io.berth.session.container.HomeVolume;
import io.berth.session.database.Database;
import io.berth.session.database.Transaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The homes that there are. */
@ApplicationScoped
public class Homes {

  private static final String SELECT =
      """
      SELECT homes.owner_id, homes.name, homes.owner_slug, homes.created_at,
        greatest(homes.last_used_at, (SELECT max(ended_at) FROM containers
          WHERE user_id = homes.owner_id AND home = homes.name)) AS used_at,
        ARRAY(SELECT id || ' ' || proxy_path FROM containers
          WHERE user_id = homes.owner_id AND home = homes.name
            AND status NOT IN ('stopped', 'failed') ORDER BY generation) AS uses
      FROM homes\
      """;

  private final Database database;
  private final ContainerRuntime runtime;

  Homes(Database database, ContainerRuntime runtime) {
    this.database = database;
    this.runtime = runtime;
  }

  /**
   * Writes that a session's desktop mounts a home, before it does: from here on nobody can remove
   * it. Waits while somebody removes it now.
   */
  public void claim(UUID sessionId, HomeVolume home) {
    database.transaction(transaction -> {
      transaction.update(
          "INSERT INTO homes (owner_id, name, owner_slug)"
              + " SELECT ?, ?, owner_slug FROM containers WHERE id = ?"
              + " ON CONFLICT (owner_id, name) DO UPDATE SET last_used_at = now(),"
              + " owner_slug = EXCLUDED.owner_slug",
          home.ownerId(),
          home.home(),
          sessionId);
      return transaction.update(
          "UPDATE containers SET home = ? WHERE id = ?", home.home(), sessionId);
    });
  }

  /** A person's homes, by name. */
  public List<Home> of(String ownerId) {
    return list(" WHERE homes.owner_id = ? ORDER BY homes.name", ownerId);
  }

  /** Everybody's homes, by owner and name. */
  public List<Home> all() {
    return list(" ORDER BY homes.owner_slug, homes.name");
  }

  /** A person's home of a name: another's is as if there were none. */
  public Optional<Home> find(String ownerId, String name) {
    return list(" WHERE homes.owner_id = ? AND homes.name = ?", ownerId, name).stream().findFirst();
  }

  /**
   * What is in the runtime and belongs to nobody here, such as homes younger than the backup that
   * the database came from. They are kept: their owner's next launch of the type takes them up.
   */
  public List<HomeVolume> unowned() {
    List<HomeVolume> volumes = runtime.homes(); // first: a row is always written before its volume
    Set<HomeVolume> owned = new HashSet<>(all().stream().map(Home::volume).toList());
    return volumes.stream().filter(volume -> !owned.contains(volume)).toList();
  }

  /** The home of a row that stays locked until the transaction ends. */
  static Optional<Home> lock(Transaction transaction, HomeVolume home) throws SQLException {
    // Two statements: one alone would look for uses as they were before it waited for the lock.
    transaction.first(
        "SELECT 1 FROM homes WHERE owner_id = ? AND name = ? FOR UPDATE",
        row -> true,
        home.ownerId(),
        home.home());
    return transaction.first(
        SELECT + " WHERE homes.owner_id = ? AND homes.name = ?",
        Homes::read,
        home.ownerId(),
        home.home());
  }

  private List<Home> list(String rest, Object... parameters) {
    return database.transaction(
        transaction -> transaction.list(SELECT + rest, Homes::read, parameters));
  }

  private static Home read(ResultSet row) throws SQLException {
    String[] uses = (String[]) row.getArray("uses").getArray();
    return new Home(
        new HomeVolume(row.getString("owner_id"), row.getString("name")),
        row.getString("owner_slug"),
        instant(row, "created_at"),
        instant(row, "used_at"),
        List.of(uses).stream().map(Homes::use).toList());
  }

  private static Home.Use use(String idAndPath) {
    String[] words = idAndPath.split(" ", 2);
    return new Home.Use(UUID.fromString(words[0]), new ProxyPath(words[1]));
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return Objects.requireNonNull(Transaction.instant(row, column));
  }
}
