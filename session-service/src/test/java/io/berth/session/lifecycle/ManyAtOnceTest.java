package io.berth.session.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.common.Slug;
import io.berth.session.audit.Actor;
import io.berth.session.container.ContainerRuntime;
import io.berth.session.database.Database;
import io.berth.session.database.SchemaMigration;
import io.berth.session.environment.Eventually;
import io.berth.session.environment.StubRuntime;
import io.berth.session.environment.TestEnvironment;
import io.berth.session.environment.Tokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two hundred people at a time, with a runtime that is none: ports, rows and routes are real. */
@QuarkusTest
@TestProfile(WithoutEngine.class)
@QuarkusTestResource(TestEnvironment.class)
class ManyAtOnceTest {

  private static final int PEOPLE = 200;
  private static final Duration LIMIT = Duration.ofSeconds(90);

  private static final String ROUTES =
      "SELECT count(*) FROM routes WHERE proxy_path LIKE 'person%'";

  private final StartSession startSession;
  private final StopSession stopSession;
  private final Sessions sessions;
  private final Database database;
  private final SchemaMigration schema;
  private final ContainerRuntime runtime;

  ManyAtOnceTest(
      StartSession startSession,
      StopSession stopSession,
      Sessions sessions,
      Database database,
      SchemaMigration schema,
      ContainerRuntime runtime) {
    this.startSession = startSession;
    this.stopSession = stopSession;
    this.sessions = sessions;
    this.database = database;
    this.schema = schema;
    this.runtime = runtime;
  }

  @BeforeEach
  void awaitSchema() throws InterruptedException {
    schema.await();
  }

  @Test
  void twoHundredLaunchesAndStopsAtATimeNeitherClashNorLeak() throws Exception {
    StubRuntime stub = io.quarkus.arc.ClientProxy.unwrap((StubRuntime) runtime);
    // Every second person thinks better of it while their desktop starts.
    List<UUID> ids =
        eachAtOnce(number -> {
          UUID id = start(number);
          if (number % 2 == 1) {
            stop(number, id);
          }
          return id;
        });
    assertThat(ids).doesNotHaveDuplicates();
    awaitRunning(PEOPLE / 2);
    // Those stop who run, and the others start.
    eachAtOnce(number -> number % 2 == 1 ? start(number) : stop(number, ids.get(number)));
    awaitRunning(PEOPLE / 2);
    assertThat(numbers("SELECT count(DISTINCT host_port) FROM containers WHERE status = 'running'"))
        .containsExactly(PEOPLE / 2);
    assertThat(numbers(ROUTES)).containsExactly(PEOPLE / 2);
    assertThat(stub.list()).hasSize(PEOPLE / 2);

    eachAtOnce(number -> {
      sessions.latest(Tokens.id(name(number))).forEach(each -> stop(number, each.id()));
      return number;
    });
    Eventually.get(LIMIT, sessions::countLive, Map::isEmpty);

    assertThat(stub.clashes()).isEmpty();
    assertThat(stub.list()).isEmpty();
    assertThat(numbers(ROUTES)).containsExactly(0);
    assertThat(
            numbers(
                "SELECT count(*) FROM containers WHERE owner_slug LIKE 'person%'"
                    + " AND host_port IS NOT NULL AND port_free_at IS NULL"))
        .containsExactly(0);
  }

  private void awaitRunning(int count) {
    Eventually.get(LIMIT, sessions::countLive, Map.of(SessionState.RUNNING, count)::equals);
  }

  private UUID start(int number) {
    try {
      StartSession.Result result =
          startSession.start(
              new Owner(Tokens.id(name(number)), new Slug(name(number))), "test-desktop");
      return switch (result) {
        case StartSession.Started(Session session) -> session.id();
        default -> throw new AssertionError(result);
      };
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private UUID stop(int number, UUID id) {
    assertThat(stopSession.stop(Actor.person(Tokens.id(name(number)), name(number)), id))
        .isNotInstanceOf(StopSession.Unknown.class);
    return id;
  }

  private static String name(int number) {
    return "person" + number;
  }

  private static <T> List<T> eachAtOnce(IntFunction<T> work) throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<T>> calls =
          IntStream.range(0, PEOPLE)
              .<Callable<T>>mapToObj(number -> () -> work.apply(number))
              .toList();
      return threads.invokeAll(calls).stream().map(Future::resultNow).toList();
    }
  }

  private List<Integer> numbers(String sql) {
    return database.transaction(transaction -> transaction.list(sql, row -> row.getInt(1)));
  }
}
