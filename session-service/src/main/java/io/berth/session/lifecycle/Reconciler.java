package io.berth.session.lifecycle;

import io.berth.session.container.ContainerRuntime;
import io.berth.session.container.RuntimeUnavailable;
import io.berth.session.database.DatabaseUnavailable;
import io.berth.session.database.SchemaMigration;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Lets {@link Reconciliation} run at start, when a container ends, and from time to time. */
@ApplicationScoped
class Reconciler {

  private final Reconciliation reconciliation;
  private final ContainerRuntime runtime;
  private final SchemaMigration schema;
  private final LifecycleConfig config;
  private final Semaphore wanted = new Semaphore(0);
  private volatile boolean stopping;
  private @Nullable Thread thread;

  Reconciler(
      Reconciliation reconciliation,
      ContainerRuntime runtime,
      SchemaMigration schema,
      LifecycleConfig config) {
    this.reconciliation = reconciliation;
    this.runtime = runtime;
    this.schema = schema;
    this.config = config;
  }

  void start(@Observes @Priority(300) StartupEvent started) {
    thread = Thread.ofVirtual().name("reconciler").start(this::run);
    runtime.watch(sessionId -> wanted.release());
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
        if (wanted.tryAcquire(config.reconcileEvery().toMillis(), TimeUnit.MILLISECONDS)) {
          wanted.drainPermits();
        }
      }
    } catch (InterruptedException e) {
      // The service stops.
    }
  }

  private void runOnce() throws InterruptedException {
    try {
      reconciliation.run();
    } catch (RuntimeUnavailable | DatabaseUnavailable e) {
      Log.notNow("nothing reconciled", e);
    } catch (RuntimeException e) {
      Log.trouble("reconciliation broke; it runs again soon", e);
    }
  }
}
