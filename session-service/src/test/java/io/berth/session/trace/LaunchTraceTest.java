package io.berth.session.trace;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.session.environment.Eventually;
import io.berth.session.environment.TestEnvironment;
import io.berth.session.environment.Tokens;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestEnvironment.class)
@TestProfile(LaunchTraceTest.TracesOn.class)
class LaunchTraceTest {

  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String EDGE_SPAN = "00f067aa0ba902b7";

  /** Traces go to {@link CollectedSpans}. */
  public static final class TracesOn implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "quarkus.otel.sdk.disabled", "false",
          "quarkus.otel.simple", "true",
          "quarkus.otel.traces.exporter", "cdi");
    }
  }

  @Inject CollectedSpans collected;

  @Test
  void theStepsOfALaunchAreInTheTraceThatTheEdgeBegan() {
    String id =
        given()
            .auth()
            .oauth2(Tokens.of("trudy"))
            .header("traceparent", "00-" + TRACE + "-" + EDGE_SPAN + "-01")
            .contentType(ContentType.JSON)
            .body("{\"desktopType\": \"test-dies\"}")
            .post("/api/v1/sessions")
            .jsonPath()
            .getString("id");

    List<SpanData> spans =
        Eventually.get(
            () -> collected.of(TRACE), found -> names(found).contains("session stopping"));
    assertThat(names(spans))
        .contains("session pulling", "session creating", "session starting", "session stopping");
    SpanData request =
        spans.stream()
            .filter(span -> span.getParentSpanId().equals(EDGE_SPAN))
            .findFirst()
            .orElseThrow();
    assertThat(request.getName()).isEqualTo("POST /api/v1/sessions");
    assertThat(spans)
        .filteredOn(span -> span.getName().startsWith("session "))
        .allSatisfy(span -> assertThat(span.getParentSpanId()).isEqualTo(request.getSpanId()))
        .allSatisfy(span -> assertThat(span.getAttributes().toString()).contains(id));
  }

  private static List<String> names(List<SpanData> spans) {
    return spans.stream().map(SpanData::getName).toList();
  }
}
