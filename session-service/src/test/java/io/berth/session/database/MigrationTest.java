package io.berth.session.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.launcher.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The migrations, on databases as the port-based application left them. */
class MigrationTest {

  private static final String OLD =
      """
      CREATE TABLE users (id varchar(36) PRIMARY KEY, username varchar(64) UNIQUE);
      CREATE TABLE containers (
        id varchar(36) PRIMARY KEY, user_id varchar(36) NOT NULL REFERENCES users (id),
        session_id varchar(64) NOT NULL, container_name varchar(255) NOT NULL UNIQUE,
        desktop_type varchar(64) NOT NULL, host_port integer NOT NULL, container_id varchar(64) NOT NULL,
        status varchar(32) NOT NULL DEFAULT 'running', created_at timestamp NOT NULL DEFAULT now());
      INSERT INTO users VALUES ('user123', 'alice'), ('user124', 'bob');
      INSERT INTO containers VALUES
        ('0b7ee9c3-41c5-4d67-9f0f-0a3b3f1a0001', 'user123', 's1', 'kasm-alice-ubuntu-vscode-abc123', 'ubuntu-vscode', 7001, 'c1', 'running'),
        ('old-id-2', 'user123', 's2', 'kasm-alice-ubuntu-vscode-def456', 'ubuntu-vscode', 7001, 'c2', 'running'),
        ('old-id-3', 'user124', 's3', 'KASM-Bob-ubuntu-desktop-9', 'ubuntu-desktop', 7002, 'c3', 'stopped'),
        ('old-id-4', 'user124', 's4', 'something else', 'ubuntu-desktop', 7003, 'c4', 'creating');
      """;

  private final PostgresServer postgres = PostgresServer.startTemporary();

  @AfterEach
  void close() {
    postgres.close();
  }

  @Test
  void anOldDatabaseKeepsItsRowsAndEndsThemWithAReason() throws SQLException {
    execute(OLD);
    migrate();
    assertThat(
            rows(
                "SELECT container_name, user_id, host_port, container_id, status, proxy_path,"
                    + " reason IS NOT NULL FROM containers ORDER BY container_id"))
        .containsExactly(
            "kasm-alice-ubuntu-vscode-abc123|user123|7001|c1|stopped|alice-ubuntu-vscode|t",
            "kasm-alice-ubuntu-vscode-def456|user123|7001|c2|stopped|alice-ubuntu-vscode|t",
            "KASM-Bob-ubuntu-desktop-9|user124|7002|c3|stopped|bob-ubuntu-desktop|f",
            "something else|user124|7003|c4|stopped|null|t");
    assertThat(rows("SELECT id FROM containers WHERE container_id = 'c1'"))
        .containsExactly("0b7ee9c3-41c5-4d67-9f0f-0a3b3f1a0001");
    assertThat(rows("SELECT reason FROM containers WHERE container_id = 'c1'"))
        .allSatisfy(reason -> assertThat(reason).contains("Launch it again"));
  }

  @Test
  void migratingTwiceIsTheSame() throws SQLException {
    execute(OLD);
    migrate();
    assertThat(migrate()).isZero();
  }

  @Test
  void anEmptyDatabaseAndAnOldOneTakeTheSameNewRow() throws SQLException {
    execute(OLD);
    migrate();
    execute(live("alice-ubuntu-vscode", 7001));
    assertThat(rows("SELECT status FROM containers WHERE owner_slug = 'alice'"))
        .containsExactly("requested");
  }

  @Test
  void onePathAndOnePortHaveOneLiveRow() throws SQLException {
    migrate();
    execute(live("alice-a", 7001));
    assertThatThrownBy(() -> execute(live("alice-a", 7002)))
        .hasMessageContaining("containers_live_proxy_path");
    assertThatThrownBy(() -> execute(live("alice-b", 7001)))
        .hasMessageContaining("containers_live_host_port");
    execute("UPDATE containers SET status = 'stopped'");
    execute(live("alice-a", 7001));
  }

  @Test
  void aRouteThatIsNotItsSessionsOwnPortIsRefused() throws SQLException {
    migrate();
    execute(live("alice-a", 7001));
    execute("UPDATE containers SET status = 'starting'");
    assertThatThrownBy(() -> execute(route(5432))).hasMessageContaining("refused");
    execute(route(7001));
  }

  @Test
  void aRouteToADesktopWithAnAddressOfItsOwnLeadsThereOnly() throws SQLException {
    migrate();
    execute(live("alice-a", 7001));
    execute("UPDATE containers SET host_port = NULL");
    assertThatThrownBy(() -> execute("UPDATE containers SET status = 'starting'"))
        .hasMessageContaining("containers_reached_somewhere");
    execute(
        "UPDATE containers SET upstream_host = '10.96.3.4', upstream_port = 6901,"
            + " status = 'starting'");
    assertThatThrownBy(() -> execute(route("10.96.3.5", 6901))).hasMessageContaining("refused");
    assertThatThrownBy(() -> execute(route("10.96.3.4", 5432))).hasMessageContaining("refused");
    execute(route("10.96.3.4", 6901));
  }

  @Test
  void oneAddressHasOneLiveRow() throws SQLException {
    migrate();
    execute(live("alice-a", 7001));
    execute(live("alice-b", 7002));
    assertThatThrownBy(() ->
            execute(
                "UPDATE containers SET host_port = NULL, upstream_host = '10.96.3.4',"
                    + " upstream_port = 6901"))
        .hasMessageContaining("containers_live_upstream");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"169.254.169.254", "127.0.0.1", "0.0.0.0", "::1", "fe80::1", "10.96.0.0/16"})
  void whatIsNoDesktopsAddressIsRefused(String address) throws SQLException {
    migrate();
    execute(live("alice-a", 7001));
    assertThatThrownBy(() ->
            execute(
                "UPDATE containers SET host_port = NULL, upstream_port = 6901, upstream_host = '%s'"
                    .formatted(address)))
        .hasMessageContaining("containers_upstream_is_elsewhere");
  }

  @Test
  void theEdgeReadsRoutesAndNothingElse() throws SQLException {
    migrate();
    try (Connection edge = connect("berth_proxy");
        Statement statement = edge.createStatement()) {
      statement.executeQuery("SELECT * FROM routes").close();
      assertThatThrownBy(() -> statement.executeQuery("SELECT * FROM containers"))
          .hasMessageContaining("permission denied");
      assertThatThrownBy(() -> statement.execute("DELETE FROM routes"))
          .hasMessageContaining("permission denied");
    }
  }

  private static String live(String path, int port) {
    return """
    INSERT INTO containers (id, user_id, owner_slug, session_id, container_name, desktop_type, host_port,
      proxy_path, status, upstream_secret, due_at)
    VALUES (gen_random_uuid(), '0b7ee9c3-41c5-4d67-9f0f-0a3b3f1a00aa', 'alice', 's', 'kasm', 'a', %d, '%s',
      'requested', 'x', now())\
    """
        .formatted(port, path);
  }

  private static String route(int port) {
    return route("127.0.0.1", port);
  }

  private static String route(String host, int port) {
    return """
    INSERT INTO routes SELECT proxy_path, generation, id, user_id::uuid, 'https', '%s', %d,
      'kasm_user', 'x', '', true, '{}', false FROM containers\
    """
        .formatted(host, port);
  }

  private int migrate() {
    return Flyway.configure()
        .dataSource(postgres.jdbcUrl(), "berth_session", postgres.password("berth_session"))
        .baselineOnMigrate(true)
        .baselineVersion("0")
        .table("schema_history")
        .load()
        .migrate()
        .migrationsExecuted;
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = connect("berth_session");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private List<String> rows(String sql) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Connection connection = connect("berth_session");
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        List<String> values = new ArrayList<>();
        for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
          values.add(String.valueOf((Object) row.getString(i)));
        }
        rows.add(String.join("|", values));
      }
    }
    return rows;
  }

  private Connection connect(String role) throws SQLException {
    return DriverManager.getConnection(postgres.jdbcUrl(), role, postgres.password(role));
  }
}
