package io.berth.session.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.common.Slug;
import io.berth.session.audit.Actor;
import io.berth.session.catalogue.PauseMode;
import io.berth.session.container.Container;
import io.berth.session.container.ContainerRuntime;
import io.berth.session.database.Database;
import io.berth.session.database.StatementRefused;
import io.berth.session.environment.TestEnvironment;
import io.berth.session.environment.Tokens;
import io.berth.session.route.Routes;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pausing, resuming and restarting, each step by hand; test-second is stopped, not frozen. */
@QuarkusTest
@TestProfile(ByHand.class)
@QuarkusTestResource(TestEnvironment.class)
class PauseTest {

  private final StartSession startSession;
  private final PauseSession pauseSession;
  private final ResumeSession resumeSession;
  private final RestartSession restartSession;
  private final StopSession stopSession;
  private final Sessions sessions;
  private final Drive drive;
  private final Reconciliation reconciliation;
  private final Database database;
  private final ContainerRuntime runtime;
  private final Routes routes;

  PauseTest(
      StartSession startSession,
      PauseSession pauseSession,
      ResumeSession resumeSession,
      RestartSession restartSession,
      StopSession stopSession,
      Sessions sessions,
      Drive drive,
      Reconciliation reconciliation,
      Database database,
      ContainerRuntime runtime,
      Routes routes) {
    this.startSession = startSession;
    this.pauseSession = pauseSession;
    this.resumeSession = resumeSession;
    this.restartSession = restartSession;
    this.stopSession = stopSession;
    this.sessions = sessions;
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
  @CsvSource({"test-desktop, PAUSED", "test-second, EXITED"})
  void aPausedSessionKeepsItsContainerAndPortWithoutARoute(String type, Container.State rests)
      throws Exception {
    Session running = running("alice", type);
    Container before = container(running);

    Session paused = paused(running);

    assertThat(paused.state()).isEqualTo(SessionState.PAUSED);
    assertThat(paused.hostPort()).isEqualTo(running.hostPort());
    assertThat(routes.isPublished(paused.id())).isFalse();
    assertThat(container(paused).state()).isEqualTo(rests);

    Session resumed = resumed(paused);

    assertThat(resumed.state()).isEqualTo(SessionState.RUNNING);
    assertThat(resumed.startedAt()).isEqualTo(running.startedAt());
    assertThat(routes.isPublished(resumed.id())).isTrue();
    assertThat(container(resumed).id()).isEqualTo(before.id());
  }

  @ParameterizedTest
  @ValueSource(strings = {"test-desktop", "test-second"})
  void aRestartKeepsContainerAddressAndPort(String type) throws Exception {
    Session running = running("alice", type);
    Container before = container(running);
    Session restarted = toRest(asked(restartSession.restart(person(running), running.id())));
    assertThat(restarted.state()).isEqualTo(SessionState.RUNNING);
    assertThat(restarted.hostPort()).isEqualTo(running.hostPort());
    assertThat(container(restarted).id()).isEqualTo(before.id());
    assertThat(routes.isPublished(restarted.id())).isTrue();
  }

  @Test
  void aPausedDesktopCanBeRestarted() throws Exception {
    Session paused = paused(running("alice", "test-desktop"));
    Session restarted = toRest(asked(restartSession.restart(person(paused), paused.id())));
    assertThat(restarted.state()).isEqualTo(SessionState.RUNNING);
  }

  @ParameterizedTest
  @EnumSource(names = {"PAUSING", "RESUMING", "RESTARTING"})
  void aStepWhoseMoveWasNeverWrittenIsTakenAgain(SessionState repeated) throws Exception {
    Session session = running("alice", "test-desktop");
    if (repeated == SessionState.RESUMING) {
      session = paused(session);
    }
    Session asked = asked(ask(session, repeated));
    step(asked);
    // The worker vanished before its move was written.
    database.update(
        "UPDATE containers SET status = ?, due_at = now() WHERE id = ?",
        repeated.word(),
        session.id());
    Session end = toRest(current(session));
    assertThat(end.state())
        .isEqualTo(repeated == SessionState.PAUSING ? SessionState.PAUSED : SessionState.RUNNING);
    assertThat(runtime.list()).hasSize(1);
    assertThat(routes.isPublished(session.id())).isEqualTo(end.state() == SessionState.RUNNING);
  }

  @ParameterizedTest
  @EnumSource(names = {"PAUSING", "PAUSED", "RESUMING", "RESTARTING"})
  void aStopWorksFromEverywhere(SessionState from) throws Exception {
    Session session = running("alice", "test-desktop");
    if (from == SessionState.PAUSED || from == SessionState.RESUMING) {
      session = paused(session);
    }
    if (from != SessionState.PAUSED) {
      asked(ask(session, from));
    }
    stopSession.stop(person(session), session.id());
    Session ended = toRest(current(session));
    assertThat(ended.state()).isEqualTo(SessionState.STOPPED);
    assertThat(ended.endedBy()).contains(EndedBy.PERSON);
    assertThat(ended.endedByActor()).contains("alice");
    assertThat(runtime.list()).isEmpty();
  }

  @Test
  void askingAgainIsTheSameAndAnIllegalMoveIsSaid() throws Exception {
    Session running = running("alice", "test-desktop");
    Session pausing = asked(pauseSession.pause(person(running), running.id()));
    assertThat(pauseSession.pause(person(running), running.id()))
        .isEqualTo(new Asked.OnItsWay(pausing));
    assertThat(resumeSession.resume(person(running), running.id()))
        .isInstanceOf(Asked.NotFromHere.class);
    assertThat(restartSession.restart(person(running), running.id()))
        .isInstanceOf(Asked.NotFromHere.class);
    assertThat(pauseSession.pause(Actor.person(Tokens.id("eve"), "eve"), running.id()))
        .isEqualTo(new Asked.Unknown());
  }

  @Test
  void launchingAPausedDesktopResumesIt() throws Exception {
    Session paused = paused(running("alice", "test-desktop"));
    StartSession.Result result = start("alice", "test-desktop");
    assertThat(result).isInstanceOf(StartSession.AlreadyThere.class);
    assertThat(((StartSession.AlreadyThere) result).session().state())
        .isEqualTo(SessionState.RESUMING);
    assertThat(toRest(current(paused)).state()).isEqualTo(SessionState.RUNNING);
  }

  @Test
  void aFrozenDesktopThatItsHostHasEndedStartsAgain() throws Exception {
    Session paused = paused(running("alice", "test-desktop"));
    runtime.pause(container(paused), PauseMode.STOP); // as a restart of the host does
    reconciliation.run();
    assertThat(current(paused).state()).isEqualTo(SessionState.PAUSED);
    assertThat(resumed(paused).state()).isEqualTo(SessionState.RUNNING);
  }

  @Test
  void whatGoesOnOrRestsOutsideBerthIsMended() throws Exception {
    Session session = running("alice", "test-desktop");
    runtime.pause(container(session), PauseMode.FREEZE);
    reconciliation.run();
    assertThat(container(session).isRunning()).isTrue();
    Session paused = paused(session);
    runtime.resume(container(paused));
    reconciliation.run();
    assertThat(container(paused).state()).isEqualTo(Container.State.PAUSED);
    assertThat(current(paused).state()).isEqualTo(SessionState.PAUSED);
  }

  @Test
  void aPausedSessionWhoseContainerWasRemovedFails() throws Exception {
    Session paused = paused(running("alice", "test-desktop"));
    runtime.list().forEach(runtime::remove);
    reconciliation.run();
    Session ended = toRest(current(paused));
    assertThat(ended.state()).isEqualTo(SessionState.FAILED);
    assertThat(ended.endedBy()).contains(EndedBy.CRASH);
  }

  @Test
  void aDesktopThatCanHaveNeitherItsContainerNorItsPortAgainIsMadeAnew() throws Exception {
    Session gone = paused(running("alice", "test-second"));
    asked(resumeSession.resume(person(gone), gone.id()));
    runtime.list().forEach(runtime::remove);
    assertThat(toRest(current(gone)).state()).isEqualTo(SessionState.RUNNING);

    Session portless = paused(running("bob", "test-second"));
    try (ServerSocket taken = take(portless.hostPort().orElseThrow())) {
      Session resumed = resumed(portless);
      assertThat(resumed.state()).isEqualTo(SessionState.RUNNING);
      assertThat(resumed.hostPort().orElseThrow()).isNotEqualTo(taken.getLocalPort());
    }
  }

  @Test
  void aMoveThatCannotBeWrittenDownDoesNotHappen() throws Exception {
    Session running = running("alice", "test-desktop");
    database.update(
        "ALTER TABLE audit ADD CONSTRAINT full_disk CHECK (action <> 'pause') NOT VALID");
    try {
      assertThatThrownBy(() -> pauseSession.pause(person(running), running.id()))
          .isInstanceOf(StatementRefused.class);
    } finally {
      database.update("ALTER TABLE audit DROP CONSTRAINT full_disk");
    }
    assertThat(current(running)).isEqualTo(running);
  }

  private static ServerSocket take(int port) throws IOException {
    return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
  }

  private Asked ask(Session session, SessionState next) {
    return switch (next) {
      case PAUSING -> pauseSession.pause(person(session), session.id());
      case RESUMING -> resumeSession.resume(person(session), session.id());
      case RESTARTING -> restartSession.restart(person(session), session.id());
      default -> throw new IllegalArgumentException("nobody asks for " + next);
    };
  }

  private Session paused(Session running) throws InterruptedException {
    return toRest(asked(pauseSession.pause(person(running), running.id())));
  }

  private Session resumed(Session paused) throws InterruptedException {
    return toRest(asked(resumeSession.resume(person(paused), paused.id())));
  }

  private static Session asked(Asked asked) {
    return ((Asked.OnItsWay) asked).session();
  }

  private Session running(String slug, String type) throws InterruptedException {
    Session running = toRest(((StartSession.Started) start(slug, type)).session());
    assertThat(running.state()).isEqualTo(SessionState.RUNNING);
    return running;
  }

  private StartSession.Result start(String slug, String type) throws InterruptedException {
    return startSession.start(new Owner(Tokens.id(slug), new Slug(slug)), type);
  }

  private Session toRest(Session first) throws InterruptedException {
    Session session = first;
    while (session.state().isWork()) {
      session = step(session).orElseThrow();
    }
    return session;
  }

  private Optional<Session> step(Session session) throws InterruptedException {
    database.update(
        "UPDATE containers SET lease_holder = 'worker', lease_until = now() + interval '1 minute'"
            + " WHERE id = ?",
        session.id());
    return drive.step(session, new Lease(session.id(), "worker"));
  }

  private Session current(Session session) {
    return sessions.find(session.id()).orElseThrow();
  }

  private Container container(Session session) {
    return runtime.find(session.id()).orElseThrow();
  }

  private static Actor person(Session session) {
    return Actor.person(session.ownerId(), session.ownerSlug().value());
  }
}
