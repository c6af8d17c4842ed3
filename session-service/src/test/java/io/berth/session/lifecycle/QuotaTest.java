package io.berth.session.lifecycle;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.common.Slug;
import io.berth.session.audit.Actor;
import io.berth.session.database.Database;
import io.berth.session.database.SchemaMigration;
import io.berth.session.environment.Eventually;
import io.berth.session.environment.TestEnvironment;
import io.berth.session.environment.Tokens;
import io.berth.session.quota.HostBudget;
import io.berth.session.quota.QuotaConfig;
import io.berth.session.quota.Verdict;
import io.berth.session.quota.WaitingLine;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who gets a desktop, who waits and who is refused; the sessions stay requested. */
@QuarkusTest
@TestProfile(Tight.class)
@QuarkusTestResource(TestEnvironment.class)
class QuotaTest {

  private final StartSession startSession;
  private final StopSession stopSession;
  private final Sessions sessions;
  private final SessionFeed feed;
  private final WaitingLine line;
  private final QuotaConfig config;
  private final HostBudget budget;
  private final Database database;
  private final SchemaMigration schema;

  QuotaTest(
      StartSession startSession,
      StopSession stopSession,
      Sessions sessions,
      SessionFeed feed,
      WaitingLine line,
      QuotaConfig config,
      HostBudget budget,
      Database database,
      SchemaMigration schema) {
    this.startSession = startSession;
    this.stopSession = stopSession;
    this.sessions = sessions;
    this.feed = feed;
    this.line = line;
    this.config = config;
    this.budget = budget;
    this.database = database;
    this.schema = schema;
  }

  @BeforeEach
  @AfterEach
  void clear() throws InterruptedException {
    schema.await();
    database.update("DELETE FROM containers");
  }

  @Test
  void fiftyPeopleAtOnceGetNoMoreThanTheHostHas() throws Exception {
    List<StartSession.Result> results =
        atOnce(
            IntStream.range(0, 50)
                .<Callable<StartSession.Result>>mapToObj(i -> () -> start("p" + i)));

    assertThat(results.stream().filter(StartSession.Started.class::isInstance))
        .hasSize(Tight.ROOM + Tight.QUEUE);
    assertThat(results.stream().filter(QuotaTest::isRefusedForRoom))
        .hasSize(50 - Tight.ROOM - Tight.QUEUE);
    assertThat(admitted()).isEqualTo(Tight.ROOM);
    assertThat(positions()).containsExactly(1, 2, 3, 4, 5, 6);
  }

  @Test
  void onePersonWhoAsksManyTimesAtOnceGetsWhatTheyMayHave() throws Exception {
    List<StartSession.Result> results =
        atOnce(
            Stream.of("test-desktop", "test-second", "test-silent", "test-dies")
                .flatMap(type ->
                    Stream.<Callable<StartSession.Result>>of(
                        () -> start("greedy", type, Set.of()),
                        () -> start("greedy", type, Set.of()))));

    assertThat(results.stream().filter(StartSession.Started.class::isInstance)).hasSize(2);
    assertThat(results.stream().filter(StartSession.AlreadyThere.class::isInstance)).hasSize(2);
    assertThat(results.stream().filter(StartSession.OverQuota.class::isInstance)).hasSize(4);
  }

  @Test
  void whoHasAllTheyMayIsToldWhatToStopAndThenMayLaunch() {
    Session first = started("ann");
    start("ann", "test-second", Set.of());

    Response refused = launch("ann", "test-silent", Set.of());
    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(refused.jsonPath().getString("type")).isEqualTo("/problems/too-many-desktops");
    assertThat(refused.jsonPath().getString("detail"))
        .contains("2", "ann-test-desktop", "ann-test-second");

    stop(first);
    assertThat(launch("ann", "test-silent", Set.of()).statusCode()).isEqualTo(201);
  }

  @Test
  void ofSeveralGroupsTheMostGenerousCounts() {
    Set<String> both = Set.of("guests", "poets");
    Stream.of("test-desktop", "test-second", "test-silent")
        .forEach(
            type -> assertThat(start("walt", type, both)).isInstanceOf(StartSession.Started.class));
    assertThat(start("walt", "test-dies", both)).isInstanceOf(StartSession.OverQuota.class);

    Response none = launch("gwen", "test-desktop", Set.of("guests"));
    assertThat(none.statusCode()).isEqualTo(403);
    assertThat(none.jsonPath().getString("type")).isEqualTo("/problems/no-desktops-allowed");
  }

  @Test
  void thePeopleOfAGroupShareItsNumber() throws Exception {
    Set<String> club = Set.of("club");
    List<StartSession.Result> results =
        atOnce(
            IntStream.range(0, 5)
                .<Callable<StartSession.Result>>mapToObj(
                    i -> () -> start("member" + i, "test-desktop", club)));

    assertThat(results.stream().filter(StartSession.Started.class::isInstance)).hasSize(2);
    Response refused = launch("member9", "test-desktop", club);
    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(refused.jsonPath().getString("detail")).contains("club");
    assertThat(start("outsider")).isInstanceOf(StartSession.Started.class);
  }

  @Test
  void whoeverComesFirstMovesUpWhenADesktopEnds() {
    List<Session> running = fill();
    Session second = started("second");
    Session third = started("third");
    assertThat(placeOf(second)).isEqualTo(1);
    assertThat(placeOf(third)).isEqualTo(2);
    assertThat(view("third", third).getInt("progress.queuePosition")).isEqualTo(2);
    assertThat(view("third", third).getString("progress.message")).contains("number 2 in line");
    List<Session> told = new CopyOnWriteArrayList<>();

    try (var _ = feed.subscribe(third.ownerId(), told::add)) {
      end(running.getFirst());

      Eventually.get(() -> placeOf(second), place -> place == 0);
      assertThat(placeOf(third)).isEqualTo(1);
      Eventually.get(
          () -> told,
          each -> each.stream().anyMatch(session -> session.queuePosition().orElse(0) == 1));
    }
    assertThat(isDue(second)).isTrue();
    assertThat(isDue(third)).isFalse();
  }

  @Test
  void whoLeavesTheLineLetsTheOthersMoveUp() {
    fill();
    Session second = started("second");
    Session third = started("third");

    stop(second);

    assertThat(Eventually.get(() -> placeOf(third), place -> place == 1)).isEqualTo(1);
  }

  @Test
  void nobodyOvertakesTheLine() {
    List<Session> running = fill();
    Session first = started("first");
    database.update( // needs twice what one desktop leaves
        "UPDATE containers SET reserved_memory = reserved_memory * 2 WHERE id = ?", first.id());
    end(running.getFirst());

    Session late = started("late");

    assertThat(placeOf(first)).isEqualTo(1);
    assertThat(placeOf(late)).isEqualTo(2);
    end(running.get(1));
    assertThat(Eventually.get(() -> placeOf(first), place -> place == 0)).isZero();
    assertThat(Eventually.get(() -> placeOf(late), place -> place == 1)).isEqualTo(1);
  }

  @Test
  void replicasThatMoveTheLineUpAtOnceLetInNoMoreThanThereIsRoomFor() throws Exception {
    List<Session> running = fill();
    IntStream.range(0, Tight.QUEUE).forEach(i -> started("waits" + i));
    running.stream().limit(2).forEach(this::end);
    // As another replica, or this one after a restart, has it: nothing but the table.
    WaitingLine another = new WaitingLine(database, config, budget);

    atOnce(
        IntStream.range(0, 8)
            .<Callable<List<UUID>>>mapToObj(i -> i % 2 == 0 ? line::moveUp : another::moveUp));

    assertThat(admitted()).isEqualTo(Tight.ROOM);
    assertThat(positions()).containsExactly(1, 2, 3, 4);
  }

  @Test
  void aFullLineSaysWhenToComeBack() {
    fill();
    IntStream.range(0, Tight.QUEUE).forEach(i -> started("waits" + i));

    Response refused = launch("late", "test-desktop", Set.of());

    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(refused.jsonPath().getString("type")).isEqualTo("/problems/host-full");
    assertThat(Integer.parseInt(refused.header("Retry-After"))).isGreaterThan(2);
  }

  @Test
  void whatNeverFitsIsRefusedAtOnce() {
    Response refused = launch("ann", "test-large", Set.of());

    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(refused.jsonPath().getString("detail")).contains("2048 MB", "1024 MB");
  }

  private static boolean isRefusedForRoom(StartSession.Result result) {
    return result instanceof StartSession.OverQuota(Verdict.NoRoom _);
  }

  private List<Session> fill() {
    return IntStream.range(0, Tight.ROOM).mapToObj(i -> started("early" + i)).toList();
  }

  private Session started(String slug) {
    return ((StartSession.Started) start(slug)).session();
  }

  private StartSession.Result start(String slug) {
    return start(slug, "test-desktop", Set.of());
  }

  private StartSession.Result start(String slug, String type, Set<String> groups) {
    try {
      return startSession.start(new Owner(Tokens.id(slug), new Slug(slug), groups), type);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Response launch(String slug, String type, Set<String> groups) {
    return given()
        .auth()
        .oauth2(Tokens.of(slug, groups))
        .contentType(ContentType.JSON)
        .body("{\"desktopType\": \"" + type + "\"}")
        .post("/api/v1/sessions");
  }

  private static JsonPath view(String slug, Session session) {
    return given()
        .auth()
        .oauth2(Tokens.of(slug))
        .get("/api/v1/sessions/" + session.id())
        .jsonPath();
  }

  private static <T> List<T> atOnce(Stream<Callable<T>> calls) throws InterruptedException {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      return new ArrayList<>(
          threads.invokeAll(calls.toList()).stream().map(Future::resultNow).toList());
    }
  }

  private void stop(Session session) {
    stopSession.stop(Actor.person(session.ownerId(), session.ownerSlug().value()), session.id());
  }

  /** As a worker ends it. */
  private void end(Session session) {
    database.update(
        "UPDATE containers SET status = 'stopped', ends_as = 'stopped', ended_at = now(),"
            + " started_at = now(), port_free_at = now(), due_at = NULL WHERE id = ?",
        session.id());
  }

  private int placeOf(Session session) {
    return sessions.find(session.id()).orElseThrow().queuePosition().orElse(0);
  }

  private boolean isDue(Session session) {
    return numbers(
            "SELECT 1 FROM containers WHERE due_at IS NOT NULL AND id = '" + session.id() + "'")
        .equals(List.of(1));
  }

  private int admitted() {
    return numbers(
            "SELECT count(*)::integer FROM containers WHERE status = 'requested' AND queue_position"
                + " IS NULL")
        .getFirst();
  }

  private List<Integer> positions() {
    return numbers(
        "SELECT queue_position FROM containers WHERE queue_position IS NOT NULL AND status ="
            + " 'requested' ORDER BY generation");
  }

  private List<Integer> numbers(String query) {
    return database.transaction(transaction -> transaction.list(query, row -> row.getInt(1)));
  }
}
