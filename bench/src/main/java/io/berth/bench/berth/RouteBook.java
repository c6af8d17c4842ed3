package io.berth.bench.berth;

import io.berth.launcher.installation.Checkout;
import io.berth.launcher.postgres.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** The services' own schema in a real PostgreSQL, and the routes in it. */
public final class RouteBook implements AutoCloseable {

  private static final String SESSION =
      """
      INSERT INTO containers (id, user_id, session_id, container_name, desktop_type, host_port, proxy_path,
          status, owner_slug, upstream_secret, started_at)
      VALUES (?::uuid, ?, ?, ?, ?, ?, ?, 'running', ?, 'bench', now())
      """;
  private static final String ROUTE =
      """
      INSERT INTO routes (proxy_path, generation, session_id, owner_id, scheme, host, port, username, password,
          start_query, strip_prefix, blocked_prefixes, verify_tls)
      SELECT proxy_path, generation, id, user_id::uuid, 'http', '127.0.0.1', host_port, 'kasm_user', upstream_secret,
          '', true, '{}', false
      FROM containers WHERE id = ?::uuid
      """;

  private final PostgresServer server;
  private final Connection session;

  private RouteBook(PostgresServer server, Connection session) {
    this.server = server;
    this.session = session;
  }

  /** Starts the database and applies the migrations of auth-service and session-service. */
  static RouteBook open(Checkout checkout) throws IOException, SQLException {
    PostgresServer server = PostgresServer.startTemporary();
    try {
      migrateAuth(server, checkout);
      Connection session = connect(server, "berth_session");
      migrate(session, checkout.file("session-service/src/main/resources/db/migration"));
      session.setAutoCommit(false);
      return new RouteBook(server, session);
    } catch (IOException | SQLException e) {
      server.close();
      throw e;
    }
  }

  /** Applies the migrations of auth-service alone. */
  public static void migrateAuth(PostgresServer server, Checkout checkout)
      throws IOException, SQLException {
    try (Connection auth = connect(server, "berth_auth")) {
      migrate(auth, checkout.file("auth-service/src/main/resources/db/migration"));
    }
  }

  private static Connection connect(PostgresServer server, String role) throws SQLException {
    return DriverManager.getConnection(server.jdbcUrl(), role, server.password(role));
  }

  /** Their names sort as Flyway numbers them. */
  private static void migrate(Connection connection, Path folder) throws IOException, SQLException {
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files = all.filter(file -> file.toString().endsWith(".sql")).sorted().toList();
    }
    for (Path file : files) {
      try (Statement statement = connection.createStatement()) {
        statement.execute(Files.readString(file));
      }
    }
  }

  PostgresServer server() {
    return server;
  }

  /** Publishes a desktop for each, in one transaction. */
  void publish(List<Person> people) throws SQLException {
    for (Person person : people) {
      insert(person);
    }
    session.commit();
  }

  /**
   * Publishes one more desktop.
   *
   * @return when the commit was sent off, by {@link System#nanoTime}
   */
  public long publish(Person person) throws SQLException {
    insert(person);
    long sent = System.nanoTime();
    session.commit();
    return sent;
  }

  private void insert(Person person) throws SQLException {
    String id = UUID.randomUUID().toString();
    try (PreparedStatement statement = session.prepareStatement(SESSION)) {
      statement.setString(1, id);
      statement.setString(2, person.id().toString());
      statement.setString(3, id);
      statement.setString(4, "kasm-%s-%s".formatted(person.path(), id.substring(0, 6)));
      statement.setString(5, Person.DESKTOP_TYPE);
      statement.setInt(6, person.port());
      statement.setString(7, person.path());
      statement.setString(8, person.slug());
      statement.executeUpdate();
    }
    try (PreparedStatement statement = session.prepareStatement(ROUTE)) {
      statement.setString(1, id);
      statement.executeUpdate();
    }
  }

  /** Takes a desktop back; its port is free for another. */
  public void withdraw(Person person) throws SQLException {
    try (PreparedStatement route =
            session.prepareStatement("DELETE FROM routes WHERE proxy_path = ?");
        PreparedStatement container =
            session.prepareStatement(
                "UPDATE containers SET status = 'stopped', port_free_at = now()"
                    + " WHERE proxy_path = ? AND status = 'running'")) {
      route.setString(1, person.path());
      route.executeUpdate();
      container.setString(1, person.path());
      container.executeUpdate();
    }
    session.commit();
  }

  @Override
  public void close() throws SQLException {
    try {
      session.close();
    } finally {
      server.close();
    }
  }
}
