package io.berth.launcher.doctor;

import io.berth.launcher.engine.DesktopContainer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Compares sessions in PostgreSQL with their containers and routes: is the container there, is the
 * address right, is the status what is so.
 */
public final class LookAtDesktops {

  private static final String SUBJECT = "desktop";
  private static final String SESSIONS =
      """
      SELECT c.id, c.container_name, c.owner_slug, c.desktop_type, c.proxy_path, c.status,
        EXISTS (SELECT FROM routes r WHERE r.session_id = c.id AND r.proxy_path = c.proxy_path
          AND r.generation = c.generation) AS routed
      FROM containers c WHERE c.status NOT IN ('stopped', 'failed') ORDER BY c.proxy_path
      """;

  private record Row(
      UUID session,
      String container,
      @Nullable String owner,
      String type,
      @Nullable String path,
      String status,
      boolean routed) {

    boolean isEntered() {
      return status.equals("running");
    }

    String name() {
      return path == null ? container : path;
    }
  }

  private final String jdbcUrl;
  private final Properties login = new Properties();

  /**
   * @param password of the role {@code berth_session}
   */
  public LookAtDesktops(String jdbcUrl, String password) {
    this.jdbcUrl = jdbcUrl;
    login.setProperty("user", "berth_session");
    login.setProperty("password", password);
    login.setProperty("connectTimeout", "3");
    login.setProperty("socketTimeout", "10");
  }

  /** What is found of every session that has not ended, and of containers that none has. */
  public List<Finding> look(List<DesktopContainer> containers) {
    List<Row> rows;
    try {
      rows = read();
    } catch (SQLException e) {
      return List.of(
          Finding.wrong(
              "database",
              "sessions can't be read (%s)".formatted(e.getMessage()),
              "./berth status, then ./berth logs postgres and ./berth logs session"));
    }
    Map<UUID, DesktopContainer> bySession =
        containers.stream()
            .filter(container -> container.session().isPresent())
            .collect(
                Collectors.toMap(
                    container -> container.session().get(),
                    Function.identity(),
                    (one, other) -> one.isRunning() ? one : other));
    List<Finding> findings = new ArrayList<>();
    for (Row row : rows) {
      findings.add(of(row, Optional.ofNullable(bySession.remove(row.session()))));
    }
    bySession
        .values()
        .forEach(orphan ->
            findings.add(
                Finding.wrong(
                    SUBJECT,
                    "container %s belongs to no session".formatted(orphan.name()),
                    "session-service removes it within 15 s; if not: ./berth cleanup")));
    containers.stream()
        .filter(DesktopContainer::isOpenToNetworks)
        .forEach(open ->
            findings.add(
                Finding.wrong(
                    SUBJECT,
                    "the port of %s is open to other machines".formatted(open.name()),
                    "set berth.ports.address to 127.0.0.1, block 7000:8000/tcp, and restart the"
                        + " desktop")));
    if (findings.isEmpty()) {
      findings.add(Finding.well("desktops", "none is there"));
    }
    return findings;
  }

  private static Finding of(Row row, Optional<DesktopContainer> container) {
    String expected = row.owner() + "-" + row.type();
    String logs = "./berth logs --desktop " + row.name();
    if (row.path() != null && row.owner() != null && !row.path().equals(expected)) {
      return Finding.wrong(
          SUBJECT,
          "%s: its address should end in %s".formatted(row.name(), expected),
          "stop it and launch it again");
    }
    if (row.isEntered() && container.filter(DesktopContainer::isRunning).isEmpty()) {
      return Finding.wrong(
          SUBJECT,
          "%s is running by its row, and %s"
              .formatted(
                  row.name(), container.isEmpty() ? "has no container" : "its container has ended"),
          "session-service repairs this within 15 s; if not: " + logs);
    }
    if (row.isEntered() && !row.routed()) {
      return Finding.wrong(
          SUBJECT,
          row.name() + " is running and has no route: its address gives 503",
          "session-service publishes it again within 15 s; if not: " + logs);
    }
    return Finding.well(SUBJECT, "%s is %s".formatted(row.name(), row.status()));
  }

  private List<Row> read() throws SQLException {
    try (Connection connection = DriverManager.getConnection(jdbcUrl, login);
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(SESSIONS)) {
      List<Row> rows = new ArrayList<>();
      while (result.next()) {
        rows.add(
            new Row(
                result.getObject("id", UUID.class),
                result.getString("container_name"),
                result.getString("owner_slug"),
                result.getString("desktop_type"),
                result.getString("proxy_path"),
                result.getString("status"),
                result.getBoolean("routed")));
      }
      return rows;
    }
  }
}
