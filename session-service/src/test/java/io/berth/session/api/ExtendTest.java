package io.berth.session.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.session.database.Database;
import io.berth.session.database.SchemaMigration;
import io.berth.session.environment.TestEnvironment;
import io.berth.session.lifecycle.ByHand;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a person sees of a launch and of an end that is near; nothing moves by itself here. */
@QuarkusTest
@TestProfile(ByHand.class)
@QuarkusTestResource(TestEnvironment.class)
class ExtendTest {

  private final SchemaMigration schema;
  private final Database database;

  ExtendTest(SchemaMigration schema, Database database) {
    this.schema = schema;
    this.database = database;
  }

  @BeforeEach
  void schemaIsThere() throws InterruptedException {
    schema.await();
  }

  @AfterEach
  void clear() {
    database.update("DELETE FROM containers");
  }

  @Test
  void anEndThatIsNearIsShownAndOneClickMovesItOn() {
    Api rita = new Api("rita");
    String id = rita.launch("test-timed").jsonPath().getString("id");
    var early = rita.ask(id, "extend");
    assertThat(early.statusCode()).isEqualTo(409);
    assertThat(early.jsonPath().getString("nextStep")).contains("Wait until it runs");

    database.update(
        "UPDATE containers SET status = 'running', due_at = NULL, started_at = now(),"
            + " ending_at = now() + interval '4 minutes', ending_why = 'idle',"
            + " ending_action = 'pause' WHERE id = ?",
        UUID.fromString(id));
    JsonPath warned = rita.session(id).jsonPath();
    assertThat(warned.getString("ending.at")).isNotNull();
    assertThat(warned.getString("ending.why")).isEqualTo("idle");
    assertThat(warned.getString("ending.action")).isEqualTo("pause");

    assertThat(new Api("eve").ask(id, "extend").statusCode()).isEqualTo(404);
    var extended = rita.ask(id, "extend");
    assertThat(extended.statusCode()).isEqualTo(200);
    assertThat(extended.jsonPath().getString("ending")).isNull();
    assertThat(rita.get("/api/v1/audit?session=" + id).jsonPath().getString("lines[0].action"))
        .isEqualTo("extend");
  }

  @Test
  void aLaunchSaysItsPhaseAndHowLongItHasTaken() {
    Api sam = new Api("sam");
    String id = sam.launch("test-desktop").jsonPath().getString("id");
    database.update(
        "UPDATE containers SET status = 'pulling', asked_at = now() - interval '20 seconds',"
            + " progress_percent = 40 WHERE id = ?",
        UUID.fromString(id));
    JsonPath view = sam.session(id).jsonPath();
    assertThat(view.getString("progress.phase")).isEqualTo("fetching");
    assertThat(view.getInt("progress.percent")).isEqualTo(40);
    assertThat(view.getString("progress.queuePosition")).isNull();
    assertThat(view.getLong("elapsedSeconds")).isGreaterThanOrEqualTo(20);
  }
}
