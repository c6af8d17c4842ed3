package io.berth.session.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.session.environment.TestEnvironment;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(EngineDownTest.NoEngine.class)
@QuarkusTestResource(TestEnvironment.class)
class EngineDownTest {

  /** A socket that nobody listens on. */
  public static final class NoEngine implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("berth.docker.host", "unix:///nonexistent/docker.sock");
    }
  }

  @Test
  void aLaunchIsRefusedAtOnceAndNothingIsCreated() {
    Api alice = new Api("alice");
    Response response = alice.launch("test-desktop");
    assertThat(response.statusCode()).as(response.body().asString()).isEqualTo(503);
    assertThat(response.jsonPath().getString("type")).isEqualTo("/problems/engine-down");
    assertThat(response.jsonPath().getString("nextStep")).contains("docker");
    assertThat(alice.get("/api/v1/sessions").jsonPath().getList("$")).isEmpty();
  }
}
