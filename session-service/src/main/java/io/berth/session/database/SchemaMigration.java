package io.berth.session.database;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Brings schema {@code public} up to date, and waits for a PostgreSQL that is not there yet. The
 * service starts meanwhile, so that it can say what it waits for.
 */
@ApplicationScoped
public class SchemaMigration {

  private static final Logger LOG = Logger.getLogger(SchemaMigration.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final int SAY_EVERY = 10;

  private final Flyway flyway;
  private final CountDownLatch done = new CountDownLatch(1);
  private volatile @Nullable String failure;
  private volatile boolean stopping;
  private @Nullable Thread thread;

  SchemaMigration(Flyway flyway) {
    this.flyway = flyway;
  }

  void start(@Observes @Priority(10) StartupEvent started) {
    thread = Thread.ofVirtual().name("schema-migration").start(this::migrate);
  }

  void stop(@Observes ShutdownEvent stopped) {
    stopping = true;
    if (thread != null) {
      thread.interrupt();
    }
  }

  /** Whether the schema is as this version needs it. */
  public boolean isDone() {
    return done.getCount() == 0;
  }

  /** Why the schema can't be brought up to date, if PostgreSQL refused; an operator must act. */
  public Optional<String> failure() {
    return Optional.ofNullable(failure);
  }

  /**
   * Waits until the schema is as this version needs it.
   *
   * @throws InterruptedException if the service stops meanwhile
   */
  public void await() throws InterruptedException {
    done.await();
  }

  private void migrate() {
    for (int attempt = 0; !stopping && !isDone(); attempt++) {
      try {
        flyway.migrate();
        done.countDown();
        if (attempt > 0) {
          LOG.info("PostgreSQL is there");
        }
      } catch (FlywayException e) {
        if (!Outage.isBehind(e)) {
          failure = rootMessage(e);
          LOG.errorf(
              "the schema can't be brought up to date: %s; next step: repair the database, then"
                  + " restart session-service",
              failure);
          return;
        }
        if (attempt % SAY_EVERY == 0) {
          LOG.warnf(
              "waiting for PostgreSQL; if it stays away, check that it runs and that"
                  + " quarkus.datasource.* is right (%s)",
              rootMessage(e));
        }
        pause();
      }
    }
  }

  private void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
    } catch (InterruptedException e) {
      stopping = true;
    }
  }

  private static String rootMessage(Throwable failure) {
    Throwable root = failure;
    for (int depth = 0; depth < 20 && root.getCause() != null; depth++) {
      root = root.getCause();
    }
    String message = root.getMessage();
    return message == null
        ? root.getClass().getSimpleName()
        : message.lines().findFirst().orElse("");
  }
}
