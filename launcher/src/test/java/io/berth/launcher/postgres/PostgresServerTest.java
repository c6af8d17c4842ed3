package io.berth.launcher.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.launcher.installation.Checkout;
import io.berth.launcher.installation.Passwords;
import io.berth.launcher.process.FreePort;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresServerTest {

  @SuppressWarnings("NullAway.Init")
  private static PostgresServer server;

  @BeforeAll
  static void start() throws SQLException {
    server = PostgresServer.startTemporary();
    execute("berth_session", "CREATE TABLE routes(proxy_path text)");
    execute("berth_session", "INSERT INTO routes VALUES ('alice-ubuntu-desktop')");
    execute("berth_session", "GRANT SELECT ON routes TO berth_proxy");
    execute("berth_session", "CREATE TABLE containers(id text)");
    execute("berth_auth", "CREATE TABLE auth.people(id text)");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void aRestartKeepsTheData() throws SQLException {
    server.stop();
    assertThat(server.pid()).isEmpty();

    server.start();

    assertThat(query("berth_proxy", "SELECT proxy_path FROM routes"))
        .isEqualTo("alice-ubuntu-desktop");
  }

  @Test
  void theEdgesRoleReadsWhatItIsGrantedAndNothingElse() throws SQLException {
    assertThat(query("berth_proxy", "SELECT count(*) FROM routes")).isEqualTo("1");
    for (String forbidden :
        new String[] {
          "SELECT * FROM containers",
          "SELECT * FROM auth.people",
          "DELETE FROM routes",
          "CREATE TABLE mine(id int)",
          "SELECT pg_read_file('/etc/passwd')",
          "SELECT * FROM pg_authid"
        }) {
      assertThatThrownBy(() -> execute("berth_proxy", forbidden))
          .as(forbidden)
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("permission denied");
    }
  }

  @Test
  void neitherOwnerReadsTheOthersTables() {
    assertThatThrownBy(() -> query("berth_session", "SELECT * FROM auth.people"))
        .hasMessageContaining("permission denied");
    assertThatThrownBy(() -> query("berth_auth", "SELECT * FROM public.containers"))
        .hasMessageContaining("permission denied");
  }

  @Test
  void startsWhereNoFolderIsThereYet(@TempDir Path folder) {
    PostgresServer fresh =
        PostgresServer.of(
            new PostgresSettings(
                Checkout.find(),
                folder.resolve("state/postgres"),
                folder.resolve("state/logs/postgres.log"),
                FreePort.any(),
                PostgresSettings.ROLES.stream()
                    .collect(Collectors.toMap(role -> role, role -> Passwords.random(24))),
                false));
    try {
      fresh.start();

      assertThat(fresh.pid()).isPresent();
    } finally {
      fresh.close();
    }
  }

  @Test
  void aWrongPasswordIsRefused() {
    assertThatThrownBy(
            () -> DriverManager.getConnection(server.jdbcUrl(), "berth_session", "wrong"))
        .hasMessageContaining("password authentication failed");
  }

  @Test
  void theRolesOfBerthCannotEnterTheProvidersDatabase() {
    assertThatThrownBy(() ->
            DriverManager.getConnection(
                server.jdbcUrl("keycloak"), "berth_proxy", server.password("berth_proxy")))
        .hasMessageContaining("permission denied");
  }

  private static void execute(String role, String sql) throws SQLException {
    try (Connection connection = connect(role);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String query(String role, String sql) throws SQLException {
    try (Connection connection = connect(role);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }

  private static Connection connect(String role) throws SQLException {
    return DriverManager.getConnection(server.jdbcUrl(), role, server.password(role));
  }
}
