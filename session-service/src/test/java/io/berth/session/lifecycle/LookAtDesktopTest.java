package io.berth.session.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.common.Slug;
import io.berth.common.UnreachableDesktop;
import io.berth.session.container.ContainerRuntime;
import io.berth.session.database.Database;
import io.berth.session.database.Notifications;
import io.berth.session.environment.Eventually;
import io.berth.session.environment.TestEnvironment;
import io.berth.session.environment.Tokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A proxy says that a desktop takes no connection; no timer and no event of the engine helps. */
@QuarkusTest
@TestProfile(ByHand.class)
@QuarkusTestResource(TestEnvironment.class)
class LookAtDesktopTest {

  private final StartSession startSession;
  private final Sessions sessions;
  private final Drive drive;
  private final Database database;
  private final ContainerRuntime runtime;
  private final Notifications notifications;

  LookAtDesktopTest(
      StartSession startSession,
      Sessions sessions,
      Drive drive,
      Database database,
      ContainerRuntime runtime,
      Notifications notifications) {
    this.startSession = startSession;
    this.sessions = sessions;
    this.drive = drive;
    this.database = database;
    this.runtime = runtime;
    this.notifications = notifications;
  }

  @AfterEach
  void clear() {
    runtime.list().forEach(runtime::remove);
    database.update("DELETE FROM routes");
    database.update("DELETE FROM containers");
  }

  @Test
  void aDesktopWithoutAContainerFailsAtOnceAndAHealthyOneIsLeftAlone() throws Exception {
    Eventually.get(notifications::isListening, listening -> listening);
    Session healthy = driven("alice", SessionState.RUNNING);
    Session vanished = supposedToRun("bob");
    Session older = supposedToRun("carol");

    tell(healthy.path() + " " + healthy.generation());
    tell(older.path() + " " + (older.generation() + 1_000));
    tell("nonsense");
    tell(vanished.path() + " " + vanished.generation());

    Session found =
        Eventually.get(() -> current(vanished), s -> s.state() == SessionState.STOPPING);
    assertThat(found.endsAsFailed()).isTrue();
    assertThat(found.reason()).contains("Its container was removed outside Berth.");
    // Both notices were taken before the one that has worked.
    assertThat(current(healthy).state()).isEqualTo(SessionState.RUNNING);
    assertThat(current(older).state()).isEqualTo(SessionState.RUNNING);
  }

  /** A session whose row says that it runs, though the engine never had a container of it. */
  private Session supposedToRun(String slug) throws InterruptedException {
    Session creating = driven(slug, SessionState.CREATING);
    database.update(
        "UPDATE containers SET status = 'running', due_at = NULL WHERE id = ?", creating.id());
    return current(creating);
  }

  private Session driven(String slug, SessionState until) throws InterruptedException {
    var owner = new Owner(Tokens.id(slug), new Slug(slug));
    Session session = ((StartSession.Started) startSession.start(owner, "test-desktop")).session();
    while (session.state() != until) {
      Lease lease = new Lease(session.id(), "worker");
      database.update(
          "UPDATE containers SET lease_holder = 'worker', lease_until = now() + interval '1 minute'"
              + " WHERE id = ?",
          session.id());
      Optional<Session> next = drive.step(session, lease);
      session = next.orElseThrow();
    }
    return session;
  }

  private Session current(Session session) {
    return sessions.find(session.id()).orElseThrow();
  }

  private void tell(String payload) {
    database.transaction(transaction ->
        transaction.list(
            "SELECT pg_notify(?, ?)", row -> "told", UnreachableDesktop.CHANNEL, payload));
  }
}
