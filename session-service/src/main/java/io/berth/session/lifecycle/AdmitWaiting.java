package io.berth.session.lifecycle;

import io.berth.session.database.DatabaseUnavailable;
import io.berth.session.database.Notifications;
import io.berth.session.database.SchemaMigration;
import io.berth.session.quota.WaitingLine;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Lets those in who wait for room, as soon as a session's end, a pause or a seat makes some. */
@ApplicationScoped
class AdmitWaiting {

  private static final Set<String> MAKE_ROOM =
      Set.of("requested", "stopping", "stopped", "failed", "paused");

  private final Notifications notifications;
  private final SchemaMigration schema;
  private final WaitingLine line;
  private final LifecycleConfig config;
  private final Semaphore wanted = new Semaphore(0);
  private volatile boolean stopping;
  private @Nullable Thread thread;

  AdmitWaiting(
      Notifications notifications,
      SchemaMigration schema,
      WaitingLine line,
      LifecycleConfig config) {
    this.notifications = notifications;
    this.schema = schema;
    this.line = line;
    this.config = config;
  }

  void start(@Observes @Priority(230) StartupEvent started) {
    notifications.listen(
        Workers.CHANNEL,
        payload -> {
          if (MAKE_ROOM.contains(payload.substring(payload.indexOf(' ') + 1))) {
            wanted.release();
          }
        });
    thread = Thread.ofVirtual().name("admit-waiting").start(this::run);
  }

  void stop(@Observes ShutdownEvent stopped) {
    stopping = true;
    if (thread != null) {
      thread.interrupt();
    }
  }

  private void run() {
    try {
      schema.await();
      while (!stopping) {
        runOnce();
        if (wanted.tryAcquire(config.lookAgain().toMillis(), TimeUnit.MILLISECONDS)) {
          wanted.drainPermits();
        }
      }
    } catch (InterruptedException e) {
      // The service stops.
    }
  }

  private void runOnce() {
    try {
      line.moveUp().forEach(Log::admitted);
    } catch (DatabaseUnavailable e) {
      Log.notNow("nobody admitted", e);
    } catch (RuntimeException e) {
      Log.trouble("the waiting line did not move up; it is looked at again soon", e);
    }
  }
}
