package io.berth.session.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.common.Slug;
import io.berth.session.container.Container;
import io.berth.session.container.ContainerRuntime;
import io.berth.session.database.Database;
import io.berth.session.database.SchemaMigration;
import io.berth.session.environment.Eventually;
import io.berth.session.environment.TestEnvironment;
import io.berth.session.environment.Tokens;
import io.berth.session.pool.KeepSeats;
import io.berth.session.quota.Seats;
import io.berth.session.route.Routes;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Warm seats of test-pooled, two of which are wanted, each step taken by hand. */
@QuarkusTest
@TestProfile(Tight.class)
@QuarkusTestResource(TestEnvironment.class)
class PoolTest {

  private static final String TYPE = "test-pooled";

  private final KeepSeats keepSeats;
  private final StartSession startSession;
  private final Sessions sessions;
  private final Drive drive;
  private final Reconciliation reconciliation;
  private final ContainerRuntime runtime;
  private final Routes routes;
  private final Database database;
  private final SchemaMigration schema;

  PoolTest(
      KeepSeats keepSeats,
      StartSession startSession,
      Sessions sessions,
      Drive drive,
      Reconciliation reconciliation,
      ContainerRuntime runtime,
      Routes routes,
      Database database,
      SchemaMigration schema) {
    this.keepSeats = keepSeats;
    this.startSession = startSession;
    this.sessions = sessions;
    this.drive = drive;
    this.reconciliation = reconciliation;
    this.runtime = runtime;
    this.routes = routes;
    this.database = database;
    this.schema = schema;
  }

  @BeforeEach
  @AfterEach
  void clear() throws InterruptedException {
    schema.await();
    runtime.list().forEach(runtime::remove);
    database.update("DELETE FROM routes");
    database.update("DELETE FROM containers");
  }

  @Test
  void aClaimedSeatIsThePersonsDesktopAndAnotherTakesItsPlace() throws Exception {
    keepSeats.run();
    Session seat = bringUp(seats().getFirst());
    assertThat(seat.state()).isEqualTo(SessionState.READY);
    assertThat(routes.isPublished(seat.id())).isFalse();
    String container = runtime.find(seat.id()).orElseThrow().id();

    Session claimed = started("zoe");

    assertThat(claimed.id()).isEqualTo(seat.id());
    assertThat(claimed.generation()).isEqualTo(seat.generation());
    Session running = bringUp(claimed);
    assertThat(running.state()).isEqualTo(SessionState.RUNNING);
    assertThat(running.path().value()).isEqualTo("zoe-test-pooled");
    assertThat(routes.isPublished(running.id())).isTrue();
    Container hers = runtime.find(running.id()).orElseThrow();
    assertThat(hers.id()).isEqualTo(container);
    assertThat(hers.name()).matches("kasm-zoe-test-pooled-[0-9a-f]{6}");
    keepSeats.run();
    assertThat(seats()).hasSize(2).extracting(Session::id).doesNotContain(running.id());
  }

  @Test
  void replicasThatLookAtOnceMakeNoMoreSeatsThanWanted() throws Exception {
    atOnce(8, i -> keepSeats.run());

    assertThat(seats()).hasSize(2);
  }

  @Test
  void whoComesAtOnceGetsASeatEachWhileThereAreSome() throws Exception {
    keepSeats.run();
    pretendReady();
    Set<String> seats =
        seats().stream().map(each -> each.id().toString()).collect(Collectors.toSet());

    List<Session> started = atOnce(4, i -> started("p" + i));

    assertThat(started).extracting(Session::id).doesNotHaveDuplicates();
    assertThat(started.stream().filter(each -> seats.contains(each.id().toString()))).hasSize(2);
    assertThat(started.stream().filter(each -> each.state() == SessionState.STARTING)).hasSize(2);
  }

  @Test
  void aDeadSeatIsFoundAndReplaced() throws Exception {
    keepSeats.run();
    Session seat = bringUp(seats().getFirst());
    runtime.remove(runtime.find(seat.id()).orElseThrow());

    reconciliation.run();

    assertThat(bringUp(sessions.find(seat.id()).orElseThrow()).state())
        .isEqualTo(SessionState.FAILED);
    keepSeats.run();
    assertThat(seats()).hasSize(2).extracting(Session::id).doesNotContain(seat.id());
  }

  @Test
  void aSeatThatDiesInTheMomentOfItsClaimIsMadeAnewForItsPerson() throws Exception {
    keepSeats.run();
    Session seat = bringUp(seats().getFirst());
    Session claimed = started("zoe");

    runtime.remove(runtime.find(seat.id()).orElseThrow());

    assertThat(claimed.id()).isEqualTo(seat.id());
    assertThat(step(claimed).state()).isEqualTo(SessionState.CREATING);
    Session running = bringUp(sessions.find(seat.id()).orElseThrow());
    assertThat(running.state()).isEqualTo(SessionState.RUNNING);
    assertThat(runtime.find(running.id()).orElseThrow().isRunning()).isTrue();
  }

  @Test
  void aSeatOfAnotherRecipeIsNotClaimedAndGoes() {
    keepSeats.run();
    pretendReady();
    database.update("UPDATE containers SET seat_recipe = 'an older one'");

    Session cold = started("zoe");

    assertThat(cold.state()).isEqualTo(SessionState.REQUESTED);
    keepSeats.run();
    assertThat(states("SELECT status FROM containers WHERE seat_recipe = 'an older one'"))
        .containsOnly("stopping");
  }

  @Test
  void seatsGiveWayToPeople() throws Exception {
    keepSeats.run();
    bringUp(seats().getFirst());
    start("first", "test-desktop");
    start("second", "test-desktop");
    Session third = ((StartSession.Started) start("third", "test-desktop")).session();

    List<Session> leaving =
        Eventually.get(() -> all("status = 'stopping'"), stopping -> !stopping.isEmpty());

    assertThat(leaving).hasSize(1).allMatch(Session::isSeat);
    assertThat(seats()).hasSize(1);
    assertThat(sessions.find(third.id()).orElseThrow().queuePosition()).hasValue(1);
    bringUp(leaving.getFirst());
    Eventually.get(
        () -> sessions.find(third.id()).orElseThrow().queuePosition().isEmpty(),
        admitted -> admitted);
  }

  @Test
  void noSeatIsMadeWhileAPersonWaits() {
    IntStream.range(0, Tight.ROOM + 1).forEach(i -> start("p" + i, "test-desktop"));
    database.update( // room that is not enough for who waits, but would be for a seat
        "UPDATE containers SET reserved_memory = reserved_memory * 2 WHERE queue_position = 1");
    database.update(
        "UPDATE containers SET status = 'stopped', ended_at = now(), port_free_at = now(), due_at ="
            + " NULL WHERE id = (SELECT id FROM containers WHERE queue_position IS NULL LIMIT 1)");

    keepSeats.run();

    assertThat(seats()).isEmpty();
  }

  @Test
  void aSeatThatCannotBeMadeIsTriedAgainAfterAPause() {
    keepSeats.run();
    database.update(
        "UPDATE containers SET status = 'failed', ends_as = 'failed', ended_at = now(),"
            + " port_free_at = now(), due_at = NULL");

    keepSeats.run();
    assertThat(seats()).isEmpty();

    database.update("UPDATE containers SET ended_at = now() - interval '1 minute'");
    keepSeats.run();
    assertThat(seats()).hasSize(2);
  }

  private Session started(String slug) {
    return ((StartSession.Started) start(slug, TYPE)).session();
  }

  private StartSession.Result start(String slug, String type) {
    try {
      return startSession.start(new Owner(Tokens.id(slug), new Slug(slug)), type);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Takes steps until there is nothing to do. */
  private Session bringUp(Session session) throws InterruptedException {
    Session now = session;
    while (now.state().isWork()) {
      now = step(now);
    }
    return now;
  }

  private Session step(Session session) throws InterruptedException {
    database.update(
        "UPDATE containers SET lease_holder = 'hand', lease_until = now() + interval '1 minute'"
            + " WHERE id = ?",
        session.id());
    return drive.step(session, new Lease(session.id(), "hand")).orElseThrow();
  }

  private void pretendReady() {
    database.update("UPDATE containers SET status = 'ready', ready_at = now(), due_at = NULL");
  }

  private List<Session> seats() {
    return all(
        "user_id = '" + Seats.NOBODY + "' AND status NOT IN ('stopping', 'stopped', 'failed')");
  }

  private List<Session> all(String condition) {
    return database.transaction(transaction ->
        transaction.list(
            "SELECT"
                + SessionRow.COLUMNS
                + "FROM containers WHERE "
                + condition
                + " ORDER BY generation",
            SessionRow::read));
  }

  private List<String> states(String query) {
    return database.transaction(transaction -> transaction.list(query, row -> row.getString(1)));
  }

  private static <T> List<T> atOnce(int many, IntFunction<T> call) throws InterruptedException {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<T>> calls =
          IntStream.range(0, many).<Callable<T>>mapToObj(i -> () -> call.apply(i)).toList();
      return threads.invokeAll(calls).stream().map(Future::resultNow).toList();
    }
  }
}
