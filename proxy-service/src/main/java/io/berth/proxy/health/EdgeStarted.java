package io.berth.proxy.health;

import io.berth.proxy.edge.EdgeServer;
import io.berth.proxy.edge.RunningEdge;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Startup;

/** Started: listens, and has had all routes and revocations in memory once. */
@Startup
@Singleton
class EdgeStarted implements HealthCheck {

  private final RunningEdge edge;

  EdgeStarted(RunningEdge edge) {
    this.edge = edge;
  }

  @Override
  public HealthCheckResponse call() {
    EdgeServer.State state = edge.state();
    return HealthCheckResponse.named("edge")
        .status(state.routesLoaded())
        .withData("routesLoaded", state.routesLoaded())
        .build();
  }
}
