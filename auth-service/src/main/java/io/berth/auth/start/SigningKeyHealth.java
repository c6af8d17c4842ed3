package io.berth.auth.start;

import io.berth.auth.key.SigningKeys;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.health.Startup;

/** Started and ready only with the schema migrated and a key to sign with. */
@Readiness
@Startup
@ApplicationScoped
public class SigningKeyHealth implements HealthCheck {

  private final SigningKeys keys;

  public SigningKeyHealth(SigningKeys keys) {
    this.keys = keys;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("signing key").status(keys.areReady()).build();
  }
}
