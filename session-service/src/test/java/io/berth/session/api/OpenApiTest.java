package io.berth.session.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.session.environment.TestEnvironment;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the API says of itself. */
@QuarkusTest
@QuarkusTestResource(TestEnvironment.class)
class OpenApiTest {

  @Test
  void everyCallIsThereAndSaysWhatItDoes() {
    Map<String, Map<String, Object>> paths =
        given()
            .accept("application/json")
            .get("/api/openapi?format=json")
            .jsonPath()
            .getMap("paths");
    assertThat(paths.keySet())
        .contains(
            "/api/v1/sessions/{id}/pause",
            "/api/v1/sessions/{id}/resume",
            "/api/v1/sessions/{id}/restart",
            "/api/v1/sessions/{id}/extend",
            "/api/v1/audit",
            "/api/v1/usage",
            "/api/v1/admin/sessions",
            "/api/v1/admin/sessions/{id}/pause");
    paths.forEach((path, calls) ->
        calls.forEach((method, call) -> {
          if (path.startsWith("/api/v1/") && call instanceof Map<?, ?> operation) {
            assertThat(operation.get("summary")).as(method + " " + path).isNotNull();
          }
        }));
  }
}
