package io.berth.session.timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.berth.common.DesktopActivity;
import io.berth.common.Slug;
import io.berth.session.audit.Actor;
import io.berth.session.catalogue.EndAction;
import io.berth.session.database.Database;
import io.berth.session.database.Notifications;
import io.berth.session.database.SchemaMigration;
import io.berth.session.environment.Eventually;
import io.berth.session.environment.TestEnvironment;
import io.berth.session.environment.Tokens;
import io.berth.session.lifecycle.AnnouncedEnd;
import io.berth.session.lifecycle.ByHand;
import io.berth.session.lifecycle.CullSession;
import io.berth.session.lifecycle.EndedBy;
import io.berth.session.lifecycle.Owner;
import io.berth.session.lifecycle.Session;
import io.berth.session.lifecycle.SessionFeed;
import io.berth.session.lifecycle.SessionState;
import io.berth.session.lifecycle.Sessions;
import io.berth.session.lifecycle.StartSession;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Who is warned and whose session ends, with the past written into the rows. test-timed: idle 2 h
 * pauses, absence 3 h and lifetime 9 h stop, a warning of 5 min.
 */
@QuarkusTest
@TestProfile(ByHand.class)
@QuarkusTestResource(TestEnvironment.class)
class ReapSessionsTest {

  private static final Actor ALICE = Actor.person(Tokens.id("alice"), "alice");

  private final ReapSessions reapSessions;
  private final ActivityReports reports;
  private final ExtendSession extendSession;
  private final StartSession startSession;
  private final CullSession cullSession;
  private final Sessions sessions;
  private final SessionFeed feed;
  private final Notifications notifications;
  private final MeterRegistry meters;
  private final SchemaMigration schema;
  private final Database database;

  ReapSessionsTest(
      ReapSessions reapSessions,
      ActivityReports reports,
      ExtendSession extendSession,
      StartSession startSession,
      CullSession cullSession,
      Sessions sessions,
      SessionFeed feed,
      Notifications notifications,
      MeterRegistry meters,
      SchemaMigration schema,
      Database database) {
    this.schema = schema;
    this.cullSession = cullSession;
    this.feed = feed;
    this.notifications = notifications;
    this.meters = meters;
    this.reapSessions = reapSessions;
    this.reports = reports;
    this.extendSession = extendSession;
    this.startSession = startSession;
    this.sessions = sessions;
    this.database = database;
  }

  @BeforeEach
  void proxiesTellForADay() throws InterruptedException {
    schema.await();
    tell("proxy-1");
    database.update("UPDATE activity_watch SET observing_since = now() - interval '1 day'");
  }

  @AfterEach
  void clear() {
    database.update("DELETE FROM containers");
    database.update("DELETE FROM activity_watch");
  }

  @Test
  void anUnusedDesktopIsWarnedOfAndThenPaused() throws Exception {
    Session session = running("test-timed", "116 minutes");
    tell("proxy-1", seen(session, 1, null, 5L, 5L)); // an open tab that nobody touches
    reapSessions.run();

    AnnouncedEnd ending = current(session).ending().orElseThrow();
    assertThat(ending.why()).isEqualTo(EndedBy.IDLE);
    assertThat(ending.action()).isEqualTo(EndAction.PAUSE);
    assertThat(ending.at())
        .isCloseTo(Instant.now().plus(4, ChronoUnit.MINUTES), within(30, ChronoUnit.SECONDS));
    assertThat(current(session).state()).isEqualTo(SessionState.RUNNING);

    pass(session, "5 minutes");
    reapSessions.run();
    Session pausing = current(session);
    assertThat(pausing.state()).isEqualTo(SessionState.PAUSING);
    assertThat(pausing.reason()).contains("Nobody used it for 2 h.");
    assertThat(pausing.ending()).isEmpty();
    assertThat(
            meters
                .get("berth.session.culled")
                .tags("why", "idle", "action", "pause")
                .counter()
                .count())
        .isPositive();
  }

  @Test
  void inputTakesTheWarningBack() throws Exception {
    Session session = running("test-timed", "119 minutes");
    tell("proxy-1", seen(session, 1, null, null, null));
    reapSessions.run();
    assertThat(current(session).ending()).isPresent();
    later("proxy-1", seen(session, 1, 3L, null, null));
    reapSessions.run();
    assertThat(current(session).ending()).isEmpty();
  }

  @Test
  void aLateNoticeStillLeavesTimeToAct() throws Exception {
    Session session = running("test-timed", "150 minutes");
    tell("proxy-1", seen(session, 1, null, null, null));
    reapSessions.run();
    reapSessions.run();
    assertThat(current(session).state()).isEqualTo(SessionState.RUNNING);
    assertThat(current(session).ending().orElseThrow().at())
        .isCloseTo(Instant.now().plusSeconds(150), within(30, ChronoUnit.SECONDS));
  }

  @Test
  void nobodyIsCulledWhileNoProxyTellsAndWhatNobodyWatchedDoesNotCount() throws Exception {
    Session session = running("test-timed", "10 hours");
    database.update("UPDATE containers SET started_at = now()"); // not its lifetime
    tell("proxy-1", seen(session, 0, null, null, null));
    database.update("UPDATE activity_watch SET heard_at = now() - interval '2 minutes'");
    reapSessions.run();
    assertThat(current(session).ending()).isEmpty();

    later("proxy-1", seen(session, 0, null, null, null)); // they are back
    reapSessions.run();
    assertThat(current(session).ending()).isEmpty();
  }

  @Test
  void aProxyThatBecameSilentIsTrustedToCarryWhatItLastSawOpen() throws Exception {
    Session carried = running("test-timed", "4 hours");
    Session other = running("test-traffic", "4 hours");
    tell("proxy-2", seen(carried, 1, null, null, null), seen(other, 0, null, null, null));
    database.update(
        "UPDATE desktop_activity SET told_at = told_at - interval '10 minutes',"
            + " connected_at = connected_at - interval '4 hours'");
    reapSessions.run();
    assertThat(current(carried).ending()).isEmpty();
    assertThat(current(other).ending()).isPresent();

    database.update("UPDATE desktop_activity SET told_at = told_at - interval '2 hours'");
    reapSessions.run();
    assertThat(current(carried).ending()).isPresent();
  }

  @Test
  void aDesktopThatIsUsedThroughAProxyThatHasRestartedIsNotIdle() throws Exception {
    Session session = running("test-timed", "4 hours");
    tell("proxy-1", seen(session, 0, 14_000L, null, null));
    tell("proxy-1-again", seen(session, 1, 2L, null, null));
    reapSessions.run();
    assertThat(current(session).ending()).isEmpty();
  }

  @Test
  void aProxyThatHasForgottenDoesNotTakeBackWhatItSaid() throws Exception {
    Session session = running("test-timed", "4 hours");
    tell("proxy-1", seen(session, 1, 60L, null, null));
    later("proxy-1", seen(session, 1, null, null, null));
    reapSessions.run();
    assertThat(current(session).ending()).isEmpty();
  }

  @Test
  void requestsCountOnlyWhereThereIsNoDesktopProtocol() throws Exception {
    Session vnc = running("test-timed", "119 minutes");
    Session web = running("test-traffic", "119 minutes");
    tell("proxy-1", seen(vnc, 1, null, 4L, 4L), seen(web, 1, null, 4L, null));
    reapSessions.run();
    assertThat(current(vnc).ending()).isPresent();
    assertThat(current(web).ending()).isEmpty();
  }

  @Test
  void anAbandonedDesktopIsStopped() throws Exception {
    Session session = running("test-timed", "179 minutes");
    tell("proxy-1", seen(session, 0, 3_600L, null, null)); // an hour ago, and nobody since
    reapSessions.run();
    assertThat(current(session).ending().map(AnnouncedEnd::why)).contains(EndedBy.ABSENCE);
    pass(session, "5 minutes");
    reapSessions.run();
    Session stopping = current(session);
    assertThat(stopping.state()).isEqualTo(SessionState.STOPPING);
    assertThat(stopping.endedBy()).contains(EndedBy.ABSENCE);
    assertThat(stopping.endedByActor()).contains("timeouts");
    assertThat(stopping.reason()).contains("Nobody had it open for 3 h.");
  }

  @Test
  void aLifetimeIsExtendedUpToItsBound() throws Exception {
    Session session = running("test-timed", "537 minutes");
    tell("proxy-1", seen(session, 1, 2L, null, null));
    reapSessions.run();
    assertThat(current(session).ending().map(AnnouncedEnd::why)).contains(EndedBy.LIFETIME);

    assertThat(extendSession.extend(ALICE, session.id()))
        .isInstanceOf(ExtendSession.Extended.class);
    reapSessions.run();
    assertThat(current(session).ending()).isEmpty();

    // 10 h 29 min: its extension of an hour is over, half an hour more is allowed, then none.
    pass(session, "92 minutes");
    later("proxy-1", seen(session, 1, 2L, null, null));
    reapSessions.run();
    assertThat(extendSession.extend(ALICE, session.id()))
        .isInstanceOf(ExtendSession.Extended.class);
    reapSessions.run();
    assertThat(current(session).ending()).isPresent();
    assertThat(extendSession.extend(ALICE, session.id())).isInstanceOf(ExtendSession.NoMore.class);
    assertThat(current(session).ending()).isPresent();
  }

  @Test
  void oneClickBeginsTheIdleTimeAnew() throws Exception {
    Session session = running("test-timed", "119 minutes");
    tell("proxy-1", seen(session, 1, null, null, null));
    reapSessions.run();
    assertThat(extendSession.extend(Actor.person("someone else", "eve"), session.id()))
        .isInstanceOf(ExtendSession.Unknown.class);
    extendSession.extend(ALICE, session.id());
    reapSessions.run();
    assertThat(current(session).ending()).isEmpty();
  }

  @Test
  void ofManyReplicasOneCulls() throws Exception {
    Session session = running("test-timed", "119 minutes");
    tell("proxy-1", seen(session, 1, null, null, null));
    reapSessions.run();
    pass(session, "5 minutes");
    try (var replicas = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> runs =
          List.of(
              replicas.submit(reapSessions::run),
              replicas.submit(reapSessions::run),
              replicas.submit(reapSessions::run));
      for (Future<?> run : runs) {
        run.get();
      }
    }
    assertThat(current(session).state()).isEqualTo(SessionState.PAUSING);
  }

  @Test
  void activityInTheLastMomentSavesASession() throws Exception {
    Session session = running("test-timed", "119 minutes");
    var end = new AnnouncedEnd(Instant.now(), EndedBy.IDLE, EndAction.STOP);
    assertThat(cullSession.cull(session, end, "too late", transaction -> false)).isEmpty();
    assertThat(current(session).state()).isEqualTo(SessionState.RUNNING);
  }

  @Test
  void aProxysWordIsHeardAndAWarningIsTold() throws Exception {
    Eventually.get(notifications::isListening, listening -> listening);
    Session session = running("test-timed", "119 minutes");
    Queue<Session> told = new ConcurrentLinkedQueue<>();
    try (var subscription = feed.subscribe(session.ownerId(), told::add)) {
      var report = new DesktopActivity("proxy-9", List.of(seen(session, 1, 7_000L, null, null)));
      database.transaction(transaction ->
          transaction.list(
              "SELECT pg_notify(?, ?)",
              row -> true,
              DesktopActivity.CHANNEL,
              report.payloads().getFirst()));
      Eventually.get(this::told, rows -> rows.contains("proxy-9"));
      reapSessions.run();
      Eventually.get(
          () -> told.stream().anyMatch(each -> each.ending().isPresent()), warned -> warned);
      assertThat(subscription.ownerId()).isEqualTo(session.ownerId());
    }
  }

  @Test
  void whatManyReplicasHearIsWrittenOnce() throws Exception {
    Session session = running("test-timed", "1 minute");
    var report = new DesktopActivity("proxy-1", List.of(seen(session, 2, 7L, 130L, null)));
    // Those who hear it do so in the same moment; a busy machine may be later.
    Eventually.get(() -> isUnchangedBySecond(report), unchanged -> unchanged);
  }

  private boolean isUnchangedBySecond(DesktopActivity report) {
    reports.write(report);
    String first = told();
    reports.write(report);
    return told().equals(first);
  }

  private String told() {
    return database.transaction(transaction ->
        transaction
            .first(
                "SELECT coalesce(string_agg(proxy || xmin::text || told_at, ' '), '')"
                    + " FROM desktop_activity",
                row -> row.getString(1))
            .orElseThrow());
  }

  private void tell(String proxy, DesktopActivity.Seen... seen) {
    reports.write(new DesktopActivity(proxy, List.of(seen)));
  }

  /** What it tells with its next report. */
  private void later(String proxy, DesktopActivity.Seen... seen) {
    database.update("UPDATE desktop_activity SET told_at = told_at - interval '15 seconds'");
    database.update("UPDATE activity_watch SET heard_at = heard_at - interval '15 seconds'");
    tell(proxy, seen);
  }

  private static DesktopActivity.Seen seen(
      Session session,
      int connected,
      @Nullable Long input,
      @Nullable Long http,
      @Nullable Long message) {
    return new DesktopActivity.Seen(
        session.generation(), connected, ago(input), ago(http), ago(message));
  }

  private static @Nullable Duration ago(@Nullable Long seconds) {
    return seconds == null ? null : Duration.ofSeconds(seconds);
  }

  /** A session whose row says that it has run for a while; the engine knows nothing of it. */
  private Session running(String type, String since) throws InterruptedException {
    var owner = new Owner(Tokens.id("alice"), new Slug("alice"));
    Session session = ((StartSession.Started) startSession.start(owner, type)).session();
    database.update(
        "UPDATE containers SET status = 'running', due_at = NULL, started_at = now() - ?::interval,"
            + " state_since = now() - ?::interval WHERE id = ?",
        since,
        since,
        session.id());
    return current(session);
  }

  /** Lets a time pass for a session, by moving its past back. */
  private void pass(Session session, String time) {
    database.update(
        "UPDATE containers SET started_at = started_at - ?::interval,"
            + " state_since = state_since - ?::interval, ending_at = ending_at - ?::interval,"
            + " extended_at = extended_at - ?::interval WHERE id = ?",
        time,
        time,
        time,
        time,
        session.id());
    database.update(
        "UPDATE desktop_activity SET input_at = input_at - ?::interval,"
            + " connected_at = connected_at - ?::interval WHERE session_id = ?",
        time,
        time,
        session.id());
  }

  private Session current(Session session) {
    Optional<Session> found = sessions.find(session.id());
    return found.orElseThrow();
  }
}
