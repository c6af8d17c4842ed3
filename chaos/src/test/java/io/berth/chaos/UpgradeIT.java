package io.berth.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import io.berth.chaos.world.Edge;
import io.berth.chaos.world.Ledger;
import io.berth.chaos.world.Person;
import io.berth.chaos.world.SessionService;
import io.berth.chaos.world.Waiting;
import io.berth.chaos.world.World;
import io.berth.launcher.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A database and containers of the port-based version, taken over by Berth. */
class UpgradeIT {

  private static final String TYPE = World.TYPES.getFirst();
  private static final String ROWS =
      """
      CREATE TABLE users (id varchar(64) PRIMARY KEY, username varchar(64) UNIQUE);
      CREATE TABLE containers (
        id varchar(36) PRIMARY KEY, user_id varchar(64) NOT NULL REFERENCES users (id), session_id varchar(64) UNIQUE NOT NULL,
        container_name varchar(255) UNIQUE NOT NULL, desktop_type varchar(64) NOT NULL, host_port integer NOT NULL,
        container_id varchar(64), status varchar(32) NOT NULL DEFAULT 'running', created_at timestamp NOT NULL DEFAULT now());
      INSERT INTO users VALUES ('user123', 'alice');
      INSERT INTO containers VALUES
        ('0b7ee9c3-41c5-4d67-9f0f-0a3b3f1a0001', 'user123', 's1', 'kasm-alice-chaos-one-abc123', 'chaos-one', PORT, 'c1', 'running');
      """;

  private static World world;
  private static PostgresServer postgres;
  private static SessionService service;
  private static Edge edge;
  private static final List<String> MADE = new ArrayList<>();

  @BeforeAll
  static void start() {
    world = TheWorld.get();
    postgres = PostgresServer.startTemporary();
    World.makeRevocations(new Ledger(postgres));
    service = world.sessionService(postgres, "upgraded");
    edge = world.edge(service.port(), postgres);
  }

  @AfterAll
  static void stop() {
    service.close();
    edge.close();
    postgres.close();
    MADE.forEach(UpgradeIT::remove);
  }

  @Test
  void rowsAreKeptAndOldContainersGoWhenAnAdministratorSaysSo() throws Exception {
    execute(ROWS.replace("PORT", Integer.toString(world.firstPort())));
    String old = container("kasm-alice-chaos-one-abc123", world.firstPort(), Map.of());
    String withoutRow = container("kasm-carol-chaos-two-fff000", world.firstPort() + 1, Map.of());
    String somebodys = container("kasm-somebody-elses-abc123", world.lastPort() + 20, Map.of());
    String composed =
        container(
            "kasm-composed-1", world.firstPort() + 2, Map.of("com.docker.compose.project", "x"));

    service.start();
    edge.start();
    service.process().awaitReady();
    edge.process().awaitReady();

    Person alice = world.person("alice");
    Person admin = world.admin();
    assertThat(query("SELECT status || ' ' || proxy_path FROM containers"))
        .containsExactly("stopped alice-chaos-one");
    assertThat(alice.launch(service.port(), TYPE).status()).isEqualTo(201);
    Waiting.until("alice's desktop is at its address", () -> reached(alice) == 200);
    assertThat(isThere(old)).as("nothing goes unseen").isTrue();
    assertThat(alice.ask("GET", service.port(), "/admin/leftovers", null).status()).isEqualTo(403);
    Person.Answer shown = admin.ask("GET", service.port(), "/admin/leftovers", null);
    assertThat(shown.json().findValuesAsText("id")).containsExactlyInAnyOrder(old, withoutRow);
    assertThat(admin.ask("DELETE", service.port(), "/admin/leftovers", null).status())
        .isEqualTo(400);

    Person.Answer removed =
        admin.ask(
            "DELETE",
            service.port(),
            "/admin/leftovers?id=%s&id=%s&id=%s".formatted(old, withoutRow, somebodys),
            null);

    assertThat(removed.json().findValuesAsText("id")).containsExactlyInAnyOrder(old, withoutRow);
    assertThat(List.of(isThere(old), isThere(withoutRow))).containsOnly(false);
    assertThat(List.of(isThere(somebodys), isThere(composed))).containsOnly(true);
    assertThat(reached(alice)).isEqualTo(200);
    assertThat(admin.ask("GET", service.port(), "/admin/leftovers", null).json()).isEmpty();
    alice.ask("DELETE", service.port(), "/sessions/" + session(), null);
    Waiting.until(
        "her session has ended",
        () ->
            query("SELECT 1 FROM routes").isEmpty()
                && query("SELECT 1 FROM containers WHERE status NOT IN ('stopped', 'failed')")
                    .isEmpty());
  }

  private static int reached(Person person) {
    return person.visit(edge.port(), person.path(TYPE), "/who").status();
  }

  private static String session() {
    return query("SELECT id FROM containers WHERE owner_slug = 'alice'").getFirst();
  }

  private static String container(String name, int port, Map<String, String> labels) {
    String id =
        world
            .docker()
            .createContainerCmd(world.image())
            .withName(name)
            .withLabels(labels)
            .withEnv("VNC_PW=of-the-old-version")
            .withExposedPorts(ExposedPort.tcp(6901))
            .withHostConfig(
                HostConfig.newHostConfig()
                    .withPortBindings(
                        new PortBinding(
                            Ports.Binding.bindIpAndPort("127.0.0.1", port), ExposedPort.tcp(6901))))
            .exec()
            .getId();
    MADE.add(id);
    world.docker().startContainerCmd(id).exec();
    return id;
  }

  private static boolean isThere(String id) {
    try {
      return Boolean.TRUE.equals(
          world.docker().inspectContainerCmd(id).exec().getState().getRunning());
    } catch (NotFoundException e) {
      return false;
    }
  }

  private static void remove(String id) {
    try {
      world.docker().removeContainerCmd(id).withForce(true).exec();
    } catch (NotFoundException e) {
      // It is gone, as it should be.
    }
  }

  private static List<String> query(String sql) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      List<String> found = new ArrayList<>();
      while (rows.next()) {
        found.add(rows.getString(1));
      }
      return found;
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  private static void execute(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static Connection connect() throws SQLException {
    return DriverManager.getConnection(
        postgres.jdbcUrl(), "berth_session", postgres.password("berth_session"));
  }
}
