package io.berth.session.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.dockerjava.api.model.Container;
import io.berth.common.RouteChange;
import io.berth.common.Slug;
import io.berth.session.audit.Actor;
import io.berth.session.container.ContainerRuntime;
import io.berth.session.database.Database;
import io.berth.session.environment.Engine;
import io.berth.session.environment.Eventually;
import io.berth.session.environment.TestEnvironment;
import io.berth.session.environment.TestPorts;
import io.berth.session.environment.Tokens;
import io.berth.session.route.Routes;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/**
 * Steps taken by hand, twice, or left by a worker that vanishes; and what the reconciliation
 * repairs.
 */
@QuarkusTest
@TestProfile(ByHand.class)
@QuarkusTestResource(TestEnvironment.class)
class CrashTest {

  private final StartSession startSession;
  private final StopSession stopSession;
  private final Sessions sessions;
  private final SessionWork work;
  private final Drive drive;
  private final Reconciliation reconciliation;
  private final Database database;
  private final ContainerRuntime runtime;
  private final Routes routes;

  @ConfigProperty(name = "test.proxy-url")
  String proxyUrl = "";

  @ConfigProperty(name = "test.proxy-password")
  String proxyPassword = "";

  @ConfigProperty(name = "berth.desktops.test-desktop.image")
  String image = "";

  CrashTest(
      StartSession startSession,
      StopSession stopSession,
      Sessions sessions,
      SessionWork work,
      Drive drive,
      Reconciliation reconciliation,
      Database database,
      ContainerRuntime runtime,
      Routes routes) {
    this.startSession = startSession;
    this.stopSession = stopSession;
    this.sessions = sessions;
    this.work = work;
    this.drive = drive;
    this.reconciliation = reconciliation;
    this.database = database;
    this.runtime = runtime;
    this.routes = routes;
  }

  @AfterEach
  void clear() {
    runtime.list().forEach(runtime::remove);
    database.update("DELETE FROM routes");
    database.update("DELETE FROM containers");
  }

  @ParameterizedTest
  @EnumSource(names = {"REQUESTED", "PULLING", "CREATING", "STARTING"})
  void aStepThatIsTakenTwiceDoesTheSameAsOnce(SessionState repeated) throws Exception {
    Session session = started("alice", "test-desktop");
    while (session.state() != repeated) {
      session = step(session, "first");
    }
    step(session, "first");
    // The worker vanished before its move was written.
    database.update(
        "UPDATE containers SET status = ?, started_at = NULL, due_at = now() WHERE id = ?",
        repeated.word(),
        session.id());
    Session current = sessions.find(session.id()).orElseThrow();
    while (current.state().isWork()) {
      current = step(current, "second");
    }
    assertThat(current.state()).isEqualTo(SessionState.RUNNING);
    assertThat(containersOf(session)).hasSize(1);
    assertThat(routes.isPublished(session.id())).isTrue();
  }

  @Test
  void takingDownTwiceIsTheSameAsOnce() throws Exception {
    Session running = running("alice", "test-desktop");
    stopSession.stop(person(running), running.id());
    Session stopping = sessions.find(running.id()).orElseThrow();
    step(stopping, "first");
    database.update(
        "UPDATE containers SET status = 'stopping', ended_at = NULL, port_free_at = NULL, upstream_secret = 'x'"
            + " WHERE id = ?",
        running.id());
    Session ended = step(sessions.find(running.id()).orElseThrow(), "second");
    assertThat(ended.state()).isEqualTo(SessionState.STOPPED);
    assertThat(ended.password()).isEmpty();
    assertThat(containersOf(running)).isEmpty();
    assertThat(routes.isPublished(running.id())).isFalse();
  }

  @Test
  void aLeaseKeepsOthersOffUntilItRunsOut() {
    Session session = started("alice", "test-desktop");
    Lease first = new Lease(session.id(), "vanishes");
    assertThat(work.lease("vanishes", 10)).extracting(Session::id).containsExactly(session.id());
    assertThat(work.lease("second", 10)).isEmpty();
    assertThat(work.renew(List.of(first))).containsExactly(session.id());
    List<Session> taken = Eventually.get(() -> work.lease("second", 10), found -> !found.isEmpty());
    assertThat(taken).extracting(Session::id).containsExactly(session.id());
    // The first one wakes up again: it has nothing to say any more.
    assertThat(work.renew(List.of(first))).isEmpty();
    assertThat(work.move(session, first, SessionState.PULLING)).isEmpty();
  }

  @Test
  void aStopWinsAgainstAWorkerThatIsStillStarting() throws Exception {
    Session creating = step(step(started("alice", "test-desktop"), "worker"), "worker");
    stopSession.stop(person(creating), creating.id());
    Lease lease = hold(creating, "worker");
    assertThatThrownBy(() -> drive.step(creating, lease)).isInstanceOf(Lease.Lost.class);
    // It made a container, which must not run.
    assertThat(containersOf(creating)).extracting(Container::getState).containsExactly("created");
    Session stopping = sessions.find(creating.id()).orElseThrow();
    assertThat(step(stopping, "next").state()).isEqualTo(SessionState.STOPPED);
    assertThat(containersOf(creating)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"REQUESTED", "PULLING", "CREATING", "STARTING"})
  void aLaunchIsCancelledFromEveryStageAndLeavesNothing(SessionState stage) throws Exception {
    Session session = started("alice", "test-desktop");
    while (session.state() != stage) {
      session = step(session, "worker");
    }
    stopSession.stop(person(session), session.id());
    Session ended = step(sessions.find(session.id()).orElseThrow(), "worker");
    assertThat(ended.state()).isEqualTo(SessionState.STOPPED);
    assertThat(ended.endedBy()).contains(EndedBy.PERSON);
    assertThat(containersOf(session)).isEmpty();
    assertThat(routes.isPublished(session.id())).isFalse();
  }

  @Test
  void aFailureSeenByAWorkerWhoseLeaseWasTakenOverChangesNothing() throws Exception {
    Session pulling = step(started("alice", "test-desktop"), "worker");
    Lease stalled = hold(pulling, "stalled");
    hold(pulling, "taker");
    assertThat(work.fail(pulling, stalled, Ending.failed("seen long ago"))).isEmpty();
    assertThat(sessions.find(pulling.id()).orElseThrow().state()).isEqualTo(SessionState.PULLING);
  }

  @Test
  void aContainerMadeByAWorkerWhoseLeaseWasTakenOverDoesNotRun() throws Exception {
    Session creating = step(step(started("alice", "test-desktop"), "worker"), "worker");
    Lease stalled = hold(creating, "stalled");
    hold(creating, "taker");
    assertThatThrownBy(() -> drive.step(creating, stalled)).isInstanceOf(Lease.Lost.class);
    assertThat(containersOf(creating)).extracting(Container::getState).containsExactly("created");
  }

  @Test
  void aLeaseThatHasRunOutByItsOwnClockIsNotWorkedOn() {
    Session session = started("alice", "test-desktop");
    Lease lease = new Lease(session.id(), "stood-still", System.nanoTime());
    assertThatThrownBy(() -> drive.step(session, lease)).isInstanceOf(Lease.Lost.class);
    assertThat(sessions.find(session.id()).orElseThrow().state()).isEqualTo(SessionState.REQUESTED);
  }

  @Test
  void whatWasSeenBeforeASessionMovedAwayAndBackDoesNotEndIt() throws Exception {
    Session seen = running("alice", "test-desktop");
    database.update(
        "UPDATE containers SET state_since = now() + interval '1 s' WHERE id = ?", seen.id());
    assertThat(work.stop(seen, Ending.failed("seen long ago"))).isEmpty();
  }

  @Test
  void aFullPortRangeIsSaidAndAPortComesBackAfterItsQuarantine() throws Exception {
    List<Session> all =
        List.of(
            started("p1", "test-desktop"),
            started("p2", "test-desktop"),
            started("p3", "test-desktop"));
    assertThat(start("p4", "test-desktop")).isInstanceOf(StartSession.NoPortFree.class);
    Session first = all.getFirst();
    stopSession.stop(person(first), first.id());
    step(sessions.find(first.id()).orElseThrow(), "worker");
    assertThat(start("p4", "test-desktop")).isInstanceOf(StartSession.NoPortFree.class);
    Eventually.get(() -> start("p4", "test-desktop"), StartSession.Started.class::isInstance);
  }

  @Test
  void aPortThatTheHostHasOtherwiseIsPassedOver() throws IOException {
    try (ServerSocket taken =
        new ServerSocket(TestPorts.firstOfThree(), 1, InetAddress.getLoopbackAddress())) {
      assertThat(started("q1", "test-desktop").hostPort().orElseThrow())
          .isNotEqualTo(taken.getLocalPort());
      assertThat(started("q2", "test-desktop").hostPort().orElseThrow())
          .isNotEqualTo(taken.getLocalPort());
      assertThat(start("q3", "test-desktop")).isInstanceOf(StartSession.NoPortFree.class);
    }
  }

  @Test
  void aPortThatIsTakenInTheLastMomentIsChanged() throws Exception {
    Session creating = step(step(started("alice", "test-desktop"), "worker"), "worker");
    try (ServerSocket taken =
        new ServerSocket(creating.hostPort().orElseThrow(), 1, InetAddress.getLoopbackAddress())) {
      Session starting = step(creating, "worker");
      assertThat(starting.state()).isEqualTo(SessionState.STARTING);
      assertThat(starting.hostPort().orElseThrow()).isNotEqualTo(taken.getLocalPort());
      assertThat(step(starting, "worker").state()).isEqualTo(SessionState.RUNNING);
      assertThat(containersOf(creating)).hasSize(1);
    }
  }

  @Test
  void twoPeopleWhoseNamesMakeOnePathDoNotShareIt() {
    // "alice-test" with "desktop" would be the same path; the catalogue has none such, so write the
    // row.
    Session alices = started("alice", "test-desktop");
    database.update(
        "UPDATE containers SET user_id = ? WHERE id = ?", Tokens.id("other"), alices.id());
    assertThat(start("alice", "test-desktop")).isInstanceOf(StartSession.AddressTaken.class);
  }

  @Test
  void aContainerThatNoSessionWantsIsRemoved() throws Exception {
    Session running = running("alice", "test-desktop");
    database.update("DELETE FROM routes");
    database.update("DELETE FROM containers");
    reconciliation.run();
    assertThat(containersOf(running)).isEmpty();
  }

  @Test
  void aContainerOfAnotherInstallationIsLeftAlone() throws Exception {
    String id =
        Engine.docker()
            .createContainerCmd(image)
            .withLabels(Map.of("berth.instance", "another-" + TestEnvironment.INSTANCE))
            .exec()
            .getId();
    try {
      reconciliation.run();
      assertThat(Engine.docker().inspectContainerCmd(id).exec().getId()).isEqualTo(id);
    } finally {
      Engine.docker().removeContainerCmd(id).withForce(true).exec();
    }
  }

  @Test
  void aRunningSessionWhoseContainerIsGoneFails() throws Exception {
    Session running = running("alice", "test-desktop");
    runtime.list().forEach(runtime::remove);
    reconciliation.run();
    Session stopping = sessions.find(running.id()).orElseThrow();
    assertThat(stopping.state()).isEqualTo(SessionState.STOPPING);
    Session ended = step(stopping, "worker");
    assertThat(ended.state()).isEqualTo(SessionState.FAILED);
    assertThat(ended.reason()).isPresent(); // whether its end or its absence was noticed first
    assertThat(routes.isPublished(running.id())).isFalse();
  }

  @Test
  void aRunningSessionWithoutARouteGetsItAgain() throws Exception {
    Session running = running("alice", "test-desktop");
    database.update("DELETE FROM routes");
    reconciliation.run();
    assertThat(routes.isPublished(running.id())).isTrue();
  }

  @Test
  void aPortLeftOpenWhileTheEngineWasAwayIsFreedOnceTheContainerIsGone() throws Exception {
    Session running = running("alice", "test-desktop");
    stopSession.stop(person(running), running.id());
    Session stopping = sessions.find(running.id()).orElseThrow();
    work.end(stopping, hold(stopping, "worker"), false);
    database.update("DELETE FROM routes");
    reconciliation.run();
    assertThat(containersOf(running)).isEmpty();
    List<Boolean> free =
        database.transaction(transaction ->
            transaction.list(
                "SELECT port_free_at IS NOT NULL FROM containers WHERE id = ?",
                row -> row.getBoolean(1),
                running.id()));
    assertThat(free).containsExactly(true);
  }

  @Test
  void aSessionRunsOnlyWhenEveryProxyHasItsRoute() throws Exception {
    Properties login = new Properties();
    login.setProperty("user", "berth_proxy");
    login.setProperty("password", proxyPassword);
    login.setProperty("ApplicationName", RouteChange.PROXY_APPLICATION_PREFIX + "test-proxy");
    Session session = started("alice", "test-desktop");
    while (session.state() != SessionState.STARTING) {
      session = step(session, "worker");
    }
    Session starting = session;
    try (Connection proxy = DriverManager.getConnection(proxyUrl, login);
        Statement statement = proxy.createStatement()) {
      statement.execute("LISTEN " + RouteChange.CHANNEL);
      Thread publishing =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  step(starting, "worker");
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              });
      PGNotification[] heard = proxy.unwrap(PGConnection.class).getNotifications(20_000);
      assertThat(heard).hasSize(1);
      assertThat(heard[0].getParameter())
          .isEqualTo("published alice-test-desktop " + starting.generation());
      assertThat(sessions.find(starting.id()).orElseThrow().state())
          .isEqualTo(SessionState.STARTING);
      statement.execute(
          "SELECT pg_notify('%s', 'test-proxy %s')"
              .formatted(RouteChange.APPLIED_CHANNEL, heard[0].getParameter()));
      publishing.join(10_000);
      assertThat(sessions.find(starting.id()).orElseThrow().state())
          .isEqualTo(SessionState.RUNNING);
    }
  }

  private Session running(String slug, String type) throws InterruptedException {
    Session session = started(slug, type);
    while (session.state().isWork()) {
      session = step(session, "worker");
    }
    assertThat(session.state()).isEqualTo(SessionState.RUNNING);
    return session;
  }

  private static Actor person(Session session) {
    return Actor.person(session.ownerId(), session.ownerSlug().value());
  }

  private Session started(String slug, String type) {
    return ((StartSession.Started) start(slug, type)).session();
  }

  private StartSession.Result start(String slug, String type) {
    try {
      return startSession.start(new Owner(Tokens.id(slug), new Slug(slug)), type);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private Session step(Session session, String holder) throws InterruptedException {
    return drive.step(session, hold(session, holder)).orElseThrow();
  }

  private Lease hold(Session session, String holder) {
    database.update(
        "UPDATE containers SET lease_holder = ?, lease_until = now() + interval '1 minute' WHERE id = ?",
        holder,
        session.id());
    return new Lease(session.id(), holder);
  }

  private static List<Container> containersOf(Session session) {
    UUID id = session.id();
    return Engine.containers(TestEnvironment.INSTANCE).stream()
        .filter(each -> id.toString().equals(each.getLabels().get("berth.session")))
        .toList();
  }
}
