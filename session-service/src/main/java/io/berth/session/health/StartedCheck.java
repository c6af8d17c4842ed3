package io.berth.session.health;

import io.berth.session.database.SchemaMigration;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Startup;

/** Started when the schema is as this version needs it. */
@Startup
public class StartedCheck implements HealthCheck {

  private final SchemaMigration schema;

  StartedCheck(SchemaMigration schema) {
    this.schema = schema;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("schema")
        .withData("waits-for", schema.isDone() ? "nothing" : schema.failure().orElse("postgresql"))
        .status(schema.isDone())
        .build();
  }
}
