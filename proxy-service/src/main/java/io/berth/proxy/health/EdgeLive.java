package io.berth.proxy.health;

import io.berth.proxy.edge.RunningEdge;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Alive: the process runs and answers; what it depends on is no reason to restart it. */
@Liveness
@Singleton
class EdgeLive implements HealthCheck {

  private final RunningEdge edge;

  EdgeLive(RunningEdge edge) {
    this.edge = edge;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("edge")
        .up()
        .withData("tunnels", edge.state().tunnels())
        .build();
  }
}
