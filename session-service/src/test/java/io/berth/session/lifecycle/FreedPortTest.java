package io.berth.session.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.common.RouteChange;
import io.berth.common.Slug;
import io.berth.session.audit.Actor;
import io.berth.session.container.ContainerRuntime;
import io.berth.session.database.Database;
import io.berth.session.database.SchemaMigration;
import io.berth.session.environment.Eventually;
import io.berth.session.environment.TestEnvironment;
import io.berth.session.environment.Tokens;
import io.berth.session.port.Ports;
import io.berth.session.route.Route;
import io.berth.session.route.Routes;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What keeps a freed port's next owner from the previous one's requests. */
@QuarkusTest
@TestProfile(WithoutEngine.class)
@QuarkusTestResource(TestEnvironment.class)
class FreedPortTest {

  @ConfigProperty(name = "test.proxy-url")
  String proxyUrl = "";

  @ConfigProperty(name = "test.proxy-password")
  String proxyPassword = "";

  private final StartSession startSession;
  private final StopSession stopSession;
  private final Sessions sessions;
  private final Routes routes;
  private final Ports ports;
  private final Database database;
  private final SchemaMigration schema;
  private final ContainerRuntime runtime;

  FreedPortTest(
      StartSession startSession,
      StopSession stopSession,
      Sessions sessions,
      Routes routes,
      Ports ports,
      Database database,
      SchemaMigration schema,
      ContainerRuntime runtime) {
    this.startSession = startSession;
    this.stopSession = stopSession;
    this.sessions = sessions;
    this.routes = routes;
    this.ports = ports;
    this.database = database;
    this.schema = schema;
    this.runtime = runtime;
  }

  @BeforeEach
  void awaitSchema() throws InterruptedException {
    schema.await();
  }

  @Test
  void aPortRestsLongerWhenAProxyHasNotSaidThatItDroppedTheRoute() throws Exception {
    Session silent = running("abel");
    try (Connection proxy = connectProxy("mute")) {
      assertThat(proxy.isValid(1)).isTrue();
      stopAndAwait(silent);
    }
    assertThat(isUnsure(silent)).isTrue();
    Session afterIt = running("cain"); // that proxy is gone, and may still know this route
    stopAndAwait(afterIt);
    assertThat(isUnsure(afterIt)).isTrue();
    Eventually.get(() -> isOutOfQuarantine(silent), out -> out);
    assertThat(theOnlyPortLeft(silent))
        .containsExactly(Optional.empty(), Optional.of(silent.hostPort().orElseThrow()));
  }

  @Test
  void aRouteThatACrashLeftGivesWayToWhoeverHasThePortNow() throws Exception {
    Session alices = running("alma");
    Session bobs = running("boris");
    int port = alices.hostPort().orElseThrow();
    database.transaction(transaction -> {
      transaction.update("UPDATE containers SET status = 'stopped' WHERE id = ?", alices.id());
      return transaction.update(
          "UPDATE containers SET host_port = ? WHERE id = ?", port, bobs.id());
    });

    routes.publish(route(bobs, port));

    assertThat(routes.isPublished(alices.id())).isFalse();
    assertThat(routes.isPublished(bobs.id())).isTrue();
    runtime.find(alices.id()).ifPresent(runtime::remove); // as the reconciler does
    stopAndAwait(bobs);
  }

  private static Route route(Session session, int port) {
    return new Route(
        session.path(),
        session.generation(),
        session.id(),
        UUID.fromString(session.ownerId()),
        new Route.Upstream(
            "https", "127.0.0.1", port, "kasm_user", session.password().orElseThrow(), false),
        "",
        true,
        List.of());
  }

  private Session running(String name) throws InterruptedException {
    StartSession.Result result =
        startSession.start(new Owner(Tokens.id(name), new Slug(name)), "test-desktop");
    if (result instanceof StartSession.Started(Session session)) {
      return Eventually.get(
          () -> sessions.find(session.id()).orElseThrow(),
          now -> now.state() == SessionState.RUNNING);
    }
    throw new AssertionError(result);
  }

  private void stopAndAwait(Session session) {
    stopSession.stop(Actor.person(session.ownerId(), session.ownerSlug().value()), session.id());
    Eventually.get(
        () -> sessions.find(session.id()).orElseThrow(),
        now -> now.state() == SessionState.STOPPED);
  }

  private boolean isUnsure(Session session) {
    return holds("port_unsure_until > now()", session);
  }

  private boolean isOutOfQuarantine(Session session) {
    return holds("port_free_at < now()", session);
  }

  private boolean holds(String condition, Session session) {
    return database
        .transaction(transaction ->
            transaction.first(
                "SELECT 1 FROM containers WHERE id = ? AND " + condition,
                row -> true,
                session.id()))
        .isPresent();
  }

  /** The port that is given out when all others are taken, then without the doubt about it. */
  private List<Optional<Integer>> theOnlyPortLeft(Session session) {
    return database.transaction(transaction -> {
      transaction.update(
          "INSERT INTO containers (id, user_id, session_id, container_name, desktop_type, status,"
              + " host_port) SELECT gen_random_uuid(), 'filler', '', '', '', 'stopped', port"
              + " FROM generate_series(32100, 32699) AS port WHERE port <> ?",
          session.hostPort().orElseThrow());
      Optional<Integer> now = ports.take(transaction);
      transaction.update(
          "UPDATE containers SET port_unsure_until = NULL WHERE id = ?", session.id());
      Optional<Integer> later = ports.take(transaction);
      transaction.update("DELETE FROM containers WHERE user_id = 'filler'");
      return List.of(now, later);
    });
  }

  private Connection connectProxy(String name) throws SQLException {
    Properties login = new Properties();
    login.setProperty("user", "berth_proxy");
    login.setProperty("password", proxyPassword);
    login.setProperty("ApplicationName", RouteChange.PROXY_APPLICATION_PREFIX + name);
    return DriverManager.getConnection(proxyUrl, login);
  }
}
