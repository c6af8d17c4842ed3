package io.berth.auth.database;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jboss.logging.Logger;

/** Brings schema {@code auth} up to date, and waits for a PostgreSQL that is not there yet. */
@ApplicationScoped
public class SchemaMigration {

  private static final Logger LOG = Logger.getLogger(SchemaMigration.class);
  private static final Duration PAUSE = Duration.ofSeconds(2);

  private final Flyway flyway;
  private volatile boolean done;

  public SchemaMigration(Flyway flyway) {
    this.flyway = flyway;
  }

  /** Whether the schema is as this version needs it. */
  public boolean isDone() {
    return done;
  }

  /**
   * Migrates, trying again for as long as PostgreSQL does not answer.
   *
   * @throws FlywayException if PostgreSQL answers and the migration itself fails
   * @throws InterruptedException if the service stops meanwhile
   */
  public void awaitDatabase() throws InterruptedException {
    while (!done) {
      try {
        flyway.migrate();
        done = true;
      } catch (FlywayException e) {
        if (!Outage.isBehind(e)) {
          throw e;
        }
        LOG.warnf(
            "waiting for PostgreSQL, trying again in %d s; if it stays away, check that it runs and"
                + " quarkus.datasource.* is right (%s)",
            PAUSE.toSeconds(), rootMessage(e));
        TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
      }
    }
  }

  private static String rootMessage(Throwable failure) {
    Throwable root = failure;
    for (int i = 0; i < 20 && root.getCause() != null; i++) {
      root = root.getCause();
    }
    String message = root.getMessage();
    return message == null
        ? root.getClass().getSimpleName()
        : message.lines().findFirst().orElse("");
  }
}
