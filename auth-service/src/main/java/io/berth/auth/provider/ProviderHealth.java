package io.berth.auth.provider;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Says whether the provider answers; never down, since all but new sign-ins works without it. */
@Readiness
@ApplicationScoped
public class ProviderHealth implements HealthCheck {

  private final IdentityProvider provider;

  public ProviderHealth(IdentityProvider provider) {
    this.provider = provider;
  }

  @Override
  public HealthCheckResponse call() {
    IdentityProvider.Look look = provider.lastLook();
    boolean known = look.at().isAfter(Instant.EPOCH);
    return HealthCheckResponse.named("identity provider")
        .up()
        .withData("state", !known ? "unknown" : look.answers() ? "answers" : "does not answer")
        .build();
  }
}
