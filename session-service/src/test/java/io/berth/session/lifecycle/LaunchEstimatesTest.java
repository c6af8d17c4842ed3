package io.berth.session.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.common.DesktopTypeName;
import io.berth.common.Slug;
import io.berth.session.database.Database;
import io.berth.session.database.SchemaMigration;
import io.berth.session.environment.TestEnvironment;
import io.berth.session.environment.Tokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a launch is likely to take, from launches whose times are written into their rows. */
@QuarkusTest
@TestProfile(ByHand.class)
@QuarkusTestResource(TestEnvironment.class)
class LaunchEstimatesTest {

  private final LaunchEstimates estimates;
  private final StartSession startSession;
  private final SchemaMigration schema;
  private final Database database;

  LaunchEstimatesTest(
      LaunchEstimates estimates,
      StartSession startSession,
      SchemaMigration schema,
      Database database) {
    this.schema = schema;
    this.estimates = estimates;
    this.startSession = startSession;
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
  void theMedianOfLaunchesThatWorkedOutIsTheEstimate() throws Exception {
    launched("p1", "4 seconds");
    launched("p2", "6 seconds");
    launched("p3", "10 minutes"); // the first one pulled the image
    startSession.start(new Owner(Tokens.id("p4"), new Slug("p4")), "test-traffic"); // under way
    assertThat(estimates.of(new DesktopTypeName("test-traffic"))).contains(Duration.ofSeconds(6));
  }

  @Test
  void ofATypeThatWasNeverLaunchedNothingIsSaid() {
    assertThat(estimates.of(new DesktopTypeName("test-silent"))).isEmpty();
  }

  private void launched(String slug, String took) throws InterruptedException {
    var owner = new Owner(Tokens.id(slug), new Slug(slug));
    Session session = ((StartSession.Started) startSession.start(owner, "test-traffic")).session();
    database.update(
        "UPDATE containers SET status = 'stopped', due_at = NULL, port_free_at = now(),"
            + " started_at = created_at + ?::interval WHERE id = ?",
        took,
        session.id());
  }
}
