package io.berth.session.timeout;

import io.berth.session.database.DatabaseUnavailable;
import io.berth.session.database.SchemaMigration;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Lets {@link ReapSessions} look from time to time. */
@ApplicationScoped
class Reaper {

  private static final Logger LOG = Logger.getLogger(Reaper.class);

  private final ReapSessions reapSessions;
  private final SchemaMigration schema;
  private final TimeoutConfig config;
  private @Nullable Thread thread;

  Reaper(ReapSessions reapSessions, SchemaMigration schema, TimeoutConfig config) {
    this.reapSessions = reapSessions;
    this.schema = schema;
    this.config = config;
  }

  void start(@Observes @Priority(310) StartupEvent started) {
    thread = Thread.ofVirtual().name("reaper").start(this::run);
  }

  void stop(@Observes ShutdownEvent stopped) {
    if (thread != null) {
      thread.interrupt();
    }
  }

  private void run() {
    try {
      schema.await();
      while (true) {
        runOnce();
        TimeUnit.MILLISECONDS.sleep(config.lookEvery().toMillis());
      }
    } catch (InterruptedException e) {
      // The service stops.
    }
  }

  private void runOnce() {
    try {
      reapSessions.run();
    } catch (DatabaseUnavailable e) {
      LOG.debugf("nobody's time was looked at: %s", e.getMessage());
    } catch (RuntimeException e) {
      LOG.error("sessions could not be looked at; it is tried again soon", e);
    }
  }
}
