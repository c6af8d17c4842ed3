package io.berth.chaos.world;

import io.berth.launcher.postgres.PostgresServer;
import io.berth.launcher.postgres.PostgresSettings;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What PostgreSQL says, read past all services and past the relay. */
public final class Ledger {

  /** States in which nobody has anything to do. */
  private static final Set<String> RESTING = Set.of("running", "paused", "stopped", "failed");

  private static final Set<String> ENDED = Set.of("stopped", "failed");

  /** A session's row. */
  public record Row(
      UUID id,
      String owner,
      String path,
      int port,
      String status,
      long generation,
      String container,
      @Nullable String password,
      @Nullable String reason) {

    public boolean isLive() {
      return !ENDED.contains(status);
    }

    public boolean isResting() {
      return RESTING.contains(status);
    }

    /** Without the password. */
    @Override
    public String toString() {
      return "%s %s %s port %d%s"
          .formatted(path, id, status, port, reason == null ? "" : " (" + reason + ")");
    }
  }

  /** A route's row. */
  public record RouteRow(String path, UUID session, long generation, int port, String password) {

    @Override
    public String toString() {
      return "route %s generation %d port %d".formatted(path, generation, port);
    }
  }

  /** Reads one row of a result. */
  public interface Reader<T> {
    T read(ResultSet row) throws SQLException;
  }

  private final PostgresServer postgres;

  public Ledger(PostgresServer postgres) {
    this.postgres = postgres;
  }

  public List<Row> sessions() {
    return list(
        "SELECT id, user_id, proxy_path, host_port, status, generation, container_name,"
            + " upstream_secret, reason FROM containers WHERE owner_slug IS NOT NULL"
            + " ORDER BY generation",
        row ->
            new Row(
                row.getObject(1, UUID.class),
                row.getString(2),
                row.getString(3),
                row.getInt(4),
                row.getString(5),
                row.getLong(6),
                row.getString(7),
                row.getString(8),
                row.getString(9)));
  }

  public Optional<Row> session(UUID id) {
    return sessions().stream().filter(row -> row.id().equals(id)).findFirst();
  }

  /** The youngest session of a path, live or not. */
  public Optional<Row> latest(String path) {
    return sessions().stream().filter(row -> path.equals(row.path())).reduce((_, last) -> last);
  }

  public List<RouteRow> routes() {
    return list(
        "SELECT proxy_path, session_id, generation, port, password FROM routes",
        row ->
            new RouteRow(
                row.getString(1),
                row.getObject(2, UUID.class),
                row.getLong(3),
                row.getInt(4),
                row.getString(5)));
  }

  public <T> List<T> list(String sql, Reader<T> reader) {
    try (Connection connection = connect();
        PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet rows = statement.executeQuery()) {
      List<T> found = new ArrayList<>();
      while (rows.next()) {
        found.add(reader.read(rows));
      }
      return found;
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  /** Changes rows behind Berth's back. */
  public int update(String sql) {
    try (Connection connection = connect();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      return statement.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(
        postgres.jdbcUrl(),
        PostgresSettings.SUPERUSER,
        postgres.password(PostgresSettings.SUPERUSER));
  }
}
