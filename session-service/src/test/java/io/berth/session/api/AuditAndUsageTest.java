package io.berth.session.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.berth.session.database.Database;
import io.berth.session.database.StatementRefused;
import io.berth.session.environment.TestEnvironment;
import io.berth.session.environment.Tokens;
import io.berth.session.usage.ReportUsage;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who did what, how much was used, and what administrators may do to others' sessions. */
@QuarkusTest
@QuarkusTestResource(TestEnvironment.class)
class AuditAndUsageTest {

  private final Database database;
  private final ReportUsage reportUsage;
  private final MeterRegistry meters;

  AuditAndUsageTest(Database database, ReportUsage reportUsage, MeterRegistry meters) {
    this.meters = meters;
    this.database = database;
    this.reportUsage = reportUsage;
  }

  @Test
  void whatIsDoneToASessionIsWrittenDownWithWhoAndWhyAndCounted() {
    Api olga = new Api("olga");
    String id = olga.launch("test-desktop").jsonPath().getString("id");
    olga.await(id, "running");
    olga.ask(id, "pause");
    olga.await(id, "paused");
    olga.ask(id, "resume");
    olga.await(id, "running");

    String sessions = "/api/v1/admin/sessions/";
    assertThat(as(Tokens.of("eve")).delete(sessions + id + "?reason=mine").statusCode())
        .isEqualTo(403);
    Response unreasoned = root().delete(sessions + id);
    assertThat(unreasoned.statusCode()).isEqualTo(400);
    assertThat(unreasoned.jsonPath().getString("type")).isEqualTo("/problems/reason-missing");
    assertThat(root().post(sessions + id + "/pause?reason=Backup").statusCode()).isEqualTo(202);
    assertThat(olga.await(id, "paused").getString("reason")).isEqualTo("Backup");
    assertThat(root().delete(sessions + id + "?reason=Maintenance at noon").statusCode())
        .isEqualTo(202);
    JsonPath stopped = olga.await(id, "stopped");
    assertThat(stopped.getString("endedBy")).isEqualTo("admin");
    assertThat(stopped.getString("endedByActor")).isEqualTo("root");
    assertThat(stopped.getString("reason")).isEqualTo("Maintenance at noon");

    List<String> lines =
        olga
            .get("/api/v1/audit?session=" + id)
            .jsonPath()
            .<Map<String, String>>getList("lines")
            .reversed()
            .stream()
            .map(line ->
                "%s %s by %s %s"
                    .formatted(
                        line.get("action"),
                        line.get("outcome"),
                        line.get("actorKind"),
                        line.get("actor")))
            .toList();
    assertThat(lines)
        .containsExactly(
            "launch asked by person olga",
            "launch done by system workers",
            "pause asked by person olga",
            "pause done by system workers",
            "resume asked by person olga",
            "resume done by system workers",
            "pause asked by admin root",
            "pause done by system workers",
            "stop asked by admin root",
            "stop done by system workers");

    assertThat(new Api("eve").get("/api/v1/audit?session=" + id).jsonPath().getList("lines"))
        .isEmpty();
    JsonPath page =
        root().get("/api/v1/audit?owner=olga&action=stop&outcome=asked&limit=1").jsonPath();
    assertThat(page.getString("lines[0].reason")).isEqualTo("Maintenance at noon");
    assertThat(page.getLong("next")).isEqualTo(page.getLong("lines[0].id"));

    JsonPath usage = olga.get("/api/v1/usage").jsonPath();
    assertThat(usage.getList("rows")).hasSize(1);
    assertThat(usage.getString("rows[0].person")).isEqualTo("olga");
    assertThat(usage.getInt("rows[0].sessions")).isEqualTo(1);
    assertThat(new Api("eve").get("/api/v1/usage").jsonPath().getList("rows")).isEmpty();
    String csv = root().accept("text/csv").get("/api/v1/usage?by=person").asString();
    assertThat(csv).startsWith("person,desktop type,sessions,hours\r\n").contains("olga,,1,");

    JsonPath ended = root().get("/api/v1/admin/sessions?owner=olga&ended=true").jsonPath();
    assertThat(ended.getString("sessions[0].owner")).isEqualTo("olga");
    assertThat(ended.getString("sessions[0].session.id")).isEqualTo(id);
    assertThat(root().get("/api/v1/admin/sessions?owner=olga").jsonPath().getList("sessions"))
        .isEmpty();
    assertThat(new Api("olga").get("/api/v1/admin/sessions").statusCode()).isEqualTo(403);
  }

  @Test
  void launchesAreCountedByWhatCameOfThemAndTimed() {
    Api mia = new Api("mia");
    String works = mia.launch("test-second").jsonPath().getString("id");
    mia.await(mia.launch("test-dies").jsonPath().getString("id"), "failed");
    String cancelled = mia.launch("test-silent").jsonPath().getString("id");
    mia.stop(cancelled);
    mia.await(cancelled, "stopped");
    mia.await(works, "running");
    mia.stop(works);
    mia.await(works, "stopped");
    assertThat(launches("running", "test-second")).isPositive();
    assertThat(launches("failed", "test-dies")).isPositive();
    assertThat(launches("cancelled", "test-silent")).isPositive();
    assertThat(meters.get("berth.session.launch").tag("type", "test-second").timer().count())
        .isPositive();
  }

  private double launches(String outcome, String type) {
    return meters
        .get("berth.session.launches")
        .tags("outcome", outcome, "type", type)
        .counter()
        .count();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE audit SET actor_name = 'nobody'",
        "DELETE FROM audit",
        "TRUNCATE audit",
      })
  void theAuditIsOnlyAddedTo(String statement) {
    database.update(
        "INSERT INTO audit (action, outcome, actor_kind, actor_name) VALUES ('a', 'done', 'system',"
            + " 'test')");
    assertThatThrownBy(() -> database.update(statement)).isInstanceOf(StatementRefused.class);
  }

  @Test
  void whatIsOlderThanItsTimeMayBeForgotten() {
    database.update(
        "INSERT INTO audit (at, action, outcome, actor_kind, actor_name)"
            + " VALUES (now() - interval '8 days', 'old', 'done', 'system', 'test')");
    assertThat(database.update("DELETE FROM audit WHERE action = 'old'")).isEqualTo(1);
  }

  @Test
  void hoursAreThoseWithinTheTimeThatIsAskedFor() {
    String person = UUID.randomUUID().toString();
    run(person, "2026-01-01T22:00:00Z", "2026-01-02T02:00:00Z");
    run(person, "2026-01-02T10:00:00Z", "2026-01-02T10:30:00Z");
    run(person, "2026-01-03T00:00:00Z", "2026-01-03T05:00:00Z");
    List<ReportUsage.Row> rows =
        reportUsage.report(
            Instant.parse("2026-01-02T00:00:00Z"),
            Instant.parse("2026-01-03T00:00:00Z"),
            ReportUsage.By.TYPE,
            Optional.of(person));
    assertThat(rows).hasSize(1);
    assertThat(rows.getFirst().sessions()).isEqualTo(2);
    assertThat(rows.getFirst().hours()).isCloseTo(2.5, within(0.001));
    assertThat(rows.getFirst().person()).isNull();
  }

  @Test
  void whatCannotBeReadIsSaid() {
    assertThat(root().get("/api/v1/usage?from=yesterday").statusCode()).isEqualTo(400);
    assertThat(root().get("/api/v1/usage?by=colour").statusCode()).isEqualTo(400);
    assertThat(root().get("/api/v1/audit?limit=0").statusCode()).isEqualTo(400);
    assertThat(root().get("/api/v1/admin/sessions?state=asleep").statusCode()).isEqualTo(400);
    assertThat(
            root().delete("/api/v1/admin/sessions/" + UUID.randomUUID() + "?reason=x").statusCode())
        .isEqualTo(404);
  }

  private void run(String person, String from, String to) {
    database.update(
        "INSERT INTO runs (session_id, owner_id, owner_name, desktop_type, began_at, ended_at)"
            + " VALUES (gen_random_uuid(), ?, 'x', 'test-desktop', ?, ?)",
        person,
        Instant.parse(from),
        Instant.parse(to));
  }

  private static RequestSpecification root() {
    return as(Tokens.ofAdmin("root"));
  }

  private static RequestSpecification as(String token) {
    return given().auth().oauth2(token).header("X-Berth-Request", "1");
  }
}
