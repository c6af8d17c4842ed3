package io.berth.proxy.health;

import io.berth.proxy.edge.EdgeServer;
import io.berth.proxy.edge.RunningEdge;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready: takes requests, knows the routes and can tell a login. A database or auth-service that
 * went away later is named in the data and changes nothing: memory serves.
 */
@Readiness
@Singleton
class EdgeReady implements HealthCheck {

  private final RunningEdge edge;

  EdgeReady(RunningEdge edge) {
    this.edge = edge;
  }

  @Override
  public HealthCheckResponse call() {
    return responseTo(edge.state());
  }

  static HealthCheckResponse responseTo(EdgeServer.State state) {
    HealthCheckResponseBuilder response =
        HealthCheckResponse.named("edge")
            .status(state.listening() && state.routesLoaded() && state.keysKnown())
            .withData("listening", state.listening())
            .withData("routesLoaded", state.routesLoaded())
            .withData("loginKeysKnown", state.keysKnown())
            .withData("degraded", state.degraded())
            .withData("routes", state.routes());
    if (!state.databaseConnected()) {
      response.withData(
          "database",
          "away for %d s; known routes serve".formatted(state.databaseAway().toSeconds()));
    }
    if (state.keysTrouble() != null) {
      response.withData("loginKeys", "can't be read: " + state.keysTrouble());
    }
    state
        .servicesAway()
        .forEach((name, time) ->
            response.withData(
                "service." + name, "takes no connection for %d s".formatted(time.toSeconds())));
    return response.build();
  }
}
