package io.berth.session.health;

import io.berth.session.container.ContainerRuntime;
import io.berth.session.container.RuntimeUnavailable;
import io.berth.session.database.Database;
import io.berth.session.database.DatabaseUnavailable;
import io.berth.session.database.Notifications;
import io.berth.session.database.SchemaMigration;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready when requests can be answered, which needs PostgreSQL. Without the container engine
 * sessions can still be seen, so the service is ready and says that it is degraded.
 */
@Readiness
public class ReadyCheck implements HealthCheck {

  private final Database database;
  private final SchemaMigration schema;
  private final Notifications notifications;
  private final ContainerRuntime runtime;

  ReadyCheck(
      Database database,
      SchemaMigration schema,
      Notifications notifications,
      ContainerRuntime runtime) {
    this.database = database;
    this.schema = schema;
    this.notifications = notifications;
    this.runtime = runtime;
  }

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder answer = HealthCheckResponse.named("session-service");
    boolean engine = engineAnswers();
    boolean postgres = schema.isDone() && databaseAnswers();
    answer.withData("postgresql", postgres ? "up" : schema.failure().orElse("down"));
    answer.withData("notifications", notifications.isListening() ? "up" : "down");
    answer.withData("container-engine", engine ? "up" : "down");
    answer.withData("degraded", !engine || !notifications.isListening());
    return answer.status(postgres).build();
  }

  private boolean databaseAnswers() {
    try {
      database.transaction(transaction -> transaction.first("SELECT 1", row -> row.getInt(1)));
      return true;
    } catch (DatabaseUnavailable e) {
      return false;
    }
  }

  private boolean engineAnswers() {
    try {
      runtime.requireAvailable();
      return true;
    } catch (RuntimeUnavailable e) {
      return false;
    }
  }
}
