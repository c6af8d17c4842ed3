package io.berth.proxy.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.proxy.edge.EdgeServer;
import java.time.Duration;
import java.util.Map;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.junit.jupiter.api.Test;

class EdgeReadyTest {

  private static final EdgeServer.State WELL =
      new EdgeServer.State(true, true, true, Duration.ZERO, true, null, Map.of(), 3, 1);

  private static Map<String, Object> dataOf(HealthCheckResponse response) {
    return response.getData().orElseThrow();
  }

  @Test
  void allIsWell() {
    HealthCheckResponse response = EdgeReady.responseTo(WELL);

    assertThat(response.getStatus()).isEqualTo(HealthCheckResponse.Status.UP);
    assertThat(dataOf(response)).containsEntry("degraded", false).doesNotContainKey("database");
  }

  @Test
  void whatIsAwayIsNamedAndTheEdgeStaysReady() {
    HealthCheckResponse response =
        EdgeReady.responseTo(
            new EdgeServer.State(
                true,
                true,
                false,
                Duration.ofSeconds(7),
                true,
                "refused",
                Map.of("session", Duration.ofSeconds(9)),
                3,
                1));

    assertThat(response.getStatus()).isEqualTo(HealthCheckResponse.Status.UP);
    assertThat(dataOf(response))
        .containsEntry("degraded", true)
        .containsEntry("database", "away for 7 s; known routes serve")
        .containsEntry("loginKeys", "can't be read: refused")
        .containsEntry("service.session", "takes no connection for 9 s");
  }

  @Test
  void withoutRoutesOrKeysOrASocketItIsNotReady() {
    assertThat(
            EdgeReady.responseTo(
                    new EdgeServer.State(
                        true, false, true, Duration.ZERO, true, null, Map.of(), 0, 0))
                .getStatus())
        .isEqualTo(HealthCheckResponse.Status.DOWN);
    assertThat(
            EdgeReady.responseTo(
                    new EdgeServer.State(
                        true, true, true, Duration.ZERO, false, "x", Map.of(), 0, 0))
                .getStatus())
        .isEqualTo(HealthCheckResponse.Status.DOWN);
    assertThat(
            EdgeReady.responseTo(
                    new EdgeServer.State(
                        false, true, true, Duration.ZERO, true, null, Map.of(), 0, 0))
                .getStatus())
        .isEqualTo(HealthCheckResponse.Status.DOWN);
  }
}
