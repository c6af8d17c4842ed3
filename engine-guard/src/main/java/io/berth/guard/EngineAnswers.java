package io.berth.guard;

import io.berth.guard.engine.EngineSocket;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready when the engine answers. */
@Readiness
@ApplicationScoped
class EngineAnswers implements AsyncHealthCheck {

  private final Guard guard;

  EngineAnswers(Guard guard) {
    this.guard = guard;
  }

  @Override
  public Uni<HealthCheckResponse> call() {
    return Uni.createFrom()
        .completionStage(() ->
            guard
                .engine()
                .ask(EngineSocket.Asked.of("GET", "/_ping"))
                .map(said -> said.status() == 200)
                .otherwise(false)
                .map(up -> HealthCheckResponse.named("engine").status(up).build())
                .toCompletionStage());
  }
}
