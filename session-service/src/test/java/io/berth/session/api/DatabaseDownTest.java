package io.berth.session.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.session.environment.Eventually;
import io.berth.session.environment.LateRelay;
import io.berth.session.environment.TestEnvironment;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(DatabaseDownTest.PostgresComesLate.class)
class DatabaseDownTest {

  /**
   * An environment of its own: the one that the other tests share has PostgreSQL from the start.
   */
  public static final class PostgresComesLate implements QuarkusTestProfile {

    @Override
    public List<TestResourceEntry> testResources() {
      return List.of(new TestResourceEntry(TestEnvironment.class, Map.of("late", "yes")));
    }

    @Override
    public boolean disableGlobalTestResources() {
      return true;
    }
  }

  private final Api alice = new Api("alice-of-outages");

  @Test
  void theServiceStartsSaysWhatItWaitsForAndRecovers() {
    Response first = alice.get("/api/v1/sessions");
    assertThat(first.statusCode()).as(first.body().asString()).isEqualTo(503);
    assertThat(first.jsonPath().getString("type")).isEqualTo("/problems/database-down");
    assertThat(first.jsonPath().getString("nextStep")).isNotBlank();

    LateRelay.open();
    Response later =
        Eventually.get(() -> alice.get("/api/v1/sessions"), it -> it.statusCode() == 200);
    assertThat(later.jsonPath().getList("$")).isEmpty();
  }
}
