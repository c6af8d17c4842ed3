package io.berth.launcher.postgres;

import io.berth.launcher.console.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.postgresql.ds.PGSimpleDataSource;

/** Makes Berth's roles and databases in a new server; on later starts there is nothing to do. */
record Databases(PostgresSettings settings) {

  private static final Map<String, String> ROLE_OF_SETTING =
      Map.of(
          "berth.session_password", "berth_session",
          "berth.auth_password", "berth_auth",
          "berth.proxy_password", "berth_proxy");

  void make() {
    try {
      try (Connection connection = connect("postgres")) {
        if (!exists(connection, "SELECT 1 FROM pg_roles WHERE rolname = 'keycloak'")) {
          String password = settings.password("keycloak");
          execute(connection, "CREATE ROLE keycloak LOGIN PASSWORD '" + quoted(password) + "'");
        }
        if (!exists(connection, "SELECT 1 FROM pg_database WHERE datname = 'keycloak'")) {
          execute(connection, "CREATE DATABASE keycloak OWNER keycloak");
          execute(connection, "REVOKE ALL ON DATABASE keycloak FROM PUBLIC");
        }
        if (!exists(connection, "SELECT 1 FROM pg_database WHERE datname = 'berth'")) {
          execute(connection, "CREATE DATABASE berth");
        }
      }
      try (Connection connection = connect("berth")) {
        if (!exists(connection, "SELECT 1 FROM pg_roles WHERE rolname = 'berth_session'")) {
          makeRoles(connection);
        }
      }
    } catch (SQLException | IOException e) {
      throw new Failure(
          "PostgreSQL runs but its databases could not be made (%s): see %s."
              .formatted(e.getMessage(), settings.log()),
          e);
    }
  }

  private void makeRoles(Connection connection) throws SQLException, IOException {
    connection.setAutoCommit(false);
    try (PreparedStatement set = connection.prepareStatement("SELECT set_config(?, ?, true)")) {
      for (Map.Entry<String, String> each : ROLE_OF_SETTING.entrySet()) {
        set.setString(1, each.getKey());
        set.setString(2, settings.password(each.getValue()));
        set.execute();
      }
    }
    execute(connection, Files.readString(settings.checkout().file("docker/postgres/roles.sql")));
    connection.commit();
  }

  private Connection connect(String database) throws SQLException {
    // Not from DriverManager: it knows only what the first class loader that asked it could see.
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setURL("jdbc:postgresql://127.0.0.1:%d/%s".formatted(settings.port(), database));
    return source.getConnection(
        PostgresSettings.SUPERUSER, settings.password(PostgresSettings.SUPERUSER));
  }

  private static boolean exists(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      return rows.next();
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String quoted(String text) {
    return text.replace("'", "''");
  }
}
