package io.berth.launcher.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.launcher.engine.DesktopContainer;
import io.berth.launcher.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LookAtDesktopsTest {

  private static final UUID SESSION = UUID.fromString("eee2f743-e400-4022-87f7-e462b6af50c1");
  private static PostgresServer postgres;

  @BeforeAll
  static void start() throws SQLException {
    postgres = PostgresServer.startTemporary();
    run(
        "CREATE TABLE containers (id uuid, container_name text, owner_slug text, desktop_type text,"
            + " proxy_path text, status text, generation bigint)",
        "CREATE TABLE routes (session_id uuid, proxy_path text, generation bigint)");
  }

  @AfterAll
  static void stop() {
    postgres.close();
  }

  @BeforeEach
  void aliceHasARunningDesktop() throws SQLException {
    run(
        "TRUNCATE containers, routes",
        "INSERT INTO containers VALUES ('%s', 'kasm-alice-vscode-1', 'alice', 'vscode', 'alice-vscode', 'running', 7)"
            .formatted(SESSION),
        "INSERT INTO routes VALUES ('%s', 'alice-vscode', 7)".formatted(SESSION));
  }

  @Test
  void aDesktopWhoseRowContainerAndRouteAgreeIsWell() {
    assertThat(look(container(true, false)))
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.isWell()).isTrue();
          assertThat(finding.seen()).isEqualTo("alice-vscode is running");
        });
  }

  @Test
  void aRowWithoutItsContainerIsFound() {
    assertThat(wrong(look())).contains("has no container");
  }

  @Test
  void aContainerThatHasEndedIsFound() {
    assertThat(wrong(look(container(false, false)))).contains("its container has ended");
  }

  @Test
  void aRunningDesktopWithoutARouteIsFound() throws SQLException {
    run("UPDATE routes SET generation = 6");
    assertThat(wrong(look(container(true, false)))).contains("has no route");
  }

  @Test
  void anAddressThatIsNotItsOwnersIsFound() throws SQLException {
    run("UPDATE containers SET proxy_path = 'alice-code'");
    assertThat(wrong(look(container(true, false)))).contains("should end in alice-vscode");
  }

  @Test
  void aPortThatOtherMachinesReachIsFound() {
    assertThat(look(container(true, true)))
        .filteredOn(finding -> !finding.isWell())
        .singleElement()
        .satisfies(finding -> assertThat(finding.fix().orElseThrow()).contains("7000:8000"));
  }

  @Test
  void aContainerWithoutASessionIsFound() throws SQLException {
    run("TRUNCATE containers, routes");
    assertThat(wrong(look(container(true, false)))).contains("belongs to no session");
  }

  private static String wrong(List<Finding> findings) {
    assertThat(findings).singleElement().matches(finding -> !finding.isWell());
    return findings.getFirst().seen();
  }

  private static List<Finding> look(DesktopContainer... containers) {
    return new LookAtDesktops(postgres.jdbcUrl(), postgres.password("berth_session"))
        .look(List.of(containers));
  }

  private static DesktopContainer container(boolean running, boolean open) {
    return new DesktopContainer("kasm-alice-vscode-1", Optional.of(SESSION), running, open);
  }

  private static void run(String... statements) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(
                postgres.jdbcUrl(), "berth_session", postgres.password("berth_session"));
        Statement statement = connection.createStatement()) {
      for (String each : statements) {
        statement.execute(each);
      }
    }
  }
}
