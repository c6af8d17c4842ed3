package io.berth.session.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.session.environment.Eventually;
import io.berth.session.environment.TestEnvironment;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(DatabaseDownTest.OfItsOwn.class)
@QuarkusTestResource(
    value = TestEnvironment.class,
    initArgs = @ResourceArg(name = "late", value = "yes"),
    restrictToAnnotatedClass = true)
class DatabaseDownTest {

  /** An application that no other test shares. */
  public static final class OfItsOwn implements QuarkusTestProfile {}

  private final Api alice = new Api("alice-of-outages");

  @Test
  void theServiceStartsSaysWhatItWaitsForAndRecovers() {
    Response first = alice.get("/api/v1/sessions");
    if (first.statusCode()
        != 200) { // a slow machine may have taken longer than PostgreSQL to start
      assertThat(first.statusCode()).as(first.body().asString()).isEqualTo(503);
      assertThat(first.jsonPath().getString("type")).isEqualTo("/problems/database-down");
      assertThat(first.jsonPath().getString("nextStep")).isNotBlank();
    }
    Response later =
        Eventually.get(() -> alice.get("/api/v1/sessions"), it -> it.statusCode() == 200);
    assertThat(later.jsonPath().getList("$")).isEmpty();
  }
}
