package io.berth.auth.start;

import io.berth.auth.database.DatabaseUnavailable;
import io.berth.auth.database.SchemaMigration;
import io.berth.auth.key.SealBroken;
import io.berth.auth.key.SigningKeys;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Brings the schema and the signing keys up beside the running service, which is alive but not
 * ready until then; a PostgreSQL that comes late is waited for.
 */
@ApplicationScoped
public class ServiceStart {

  private static final Logger LOG = Logger.getLogger(ServiceStart.class);
  private static final Duration PAUSE = Duration.ofSeconds(2);
  private static final int FAILED = 1;

  private final SchemaMigration schema;
  private final SigningKeys keys;
  private volatile @Nullable Thread thread;

  public ServiceStart(SchemaMigration schema, SigningKeys keys) {
    this.schema = schema;
    this.keys = keys;
  }

  void start(@Observes StartupEvent event) {
    thread = Thread.ofVirtual().name("start").start(this::bringUp);
  }

  void stop(@Observes ShutdownEvent event) {
    Thread running = thread;
    if (running != null) {
      running.interrupt();
    }
  }

  private void bringUp() {
    try {
      schema.awaitDatabase();
      awaitKeys();
      LOG.info("ready to sign people in");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (SealBroken e) {
      LOG.errorf(
          "%s. Start with the berth.auth.key-encryption-secret of before; if it is lost, delete"
              + " the rows of auth.signing_keys and auth.logins, and everyone signs in again",
          e.getMessage());
      Quarkus.asyncExit(FAILED);
    } catch (RuntimeException e) {
      LOG.error("the database could not be brought up to date", e);
      Quarkus.asyncExit(FAILED);
    }
  }

  private void awaitKeys() throws InterruptedException {
    while (!keys.areReady()) {
      try {
        keys.refresh();
      } catch (DatabaseUnavailable e) {
        LOG.warn("waiting for PostgreSQL to load the signing keys");
        TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
      }
    }
  }
}
