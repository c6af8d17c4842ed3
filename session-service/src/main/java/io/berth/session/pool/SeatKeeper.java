package io.berth.session.pool;

import io.berth.session.catalogue.Catalogue;
import io.berth.session.catalogue.DesktopType;
import io.berth.session.database.DatabaseUnavailable;
import io.berth.session.database.SchemaMigration;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntFunction;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Lets {@link KeepSeats} run from time to time, and tells metrics what it saw. */
@ApplicationScoped
class SeatKeeper {

  private static final Logger LOG = Logger.getLogger(SeatKeeper.class);
  private static final KeepSeats.Count NONE = new KeepSeats.Count(0, 0, 0);

  private final KeepSeats keepSeats;
  private final SchemaMigration schema;
  private final PoolConfig config;
  private final Map<String, KeepSeats.Count> counts = new ConcurrentHashMap<>();
  private final boolean seatsAreKept;
  private volatile boolean stopping;
  private @Nullable Thread thread;

  SeatKeeper(
      KeepSeats keepSeats,
      SchemaMigration schema,
      PoolConfig config,
      Catalogue catalogue,
      MeterRegistry meters) {
    this.keepSeats = keepSeats;
    this.schema = schema;
    this.config = config;
    this.seatsAreKept = catalogue.types().stream().anyMatch(type -> type.pool().isKept());
    for (DesktopType type : catalogue.types()) {
      if (type.pool().isKept()) {
        gauge(meters, type, "ready", KeepSeats.Count::ready);
        gauge(meters, type, "starting", KeepSeats.Count::starting);
        gauge(meters, type, "wanted", KeepSeats.Count::wanted);
      }
    }
  }

  void start(@Observes @Priority(310) StartupEvent started) {
    thread = Thread.ofVirtual().name("seat-keeper").start(this::run);
  }

  void stop(@Observes ShutdownEvent stopped) {
    stopping = true;
    if (thread != null) {
      thread.interrupt();
    }
  }

  private void gauge(
      MeterRegistry meters, DesktopType type, String state, ToIntFunction<KeepSeats.Count> value) {
    String name = type.name().value();
    meters.gauge(
        "berth.session.seats",
        Tags.of("type", name, "state", state),
        counts,
        seen -> value.applyAsInt(seen.getOrDefault(name, NONE)));
  }

  private void run() {
    try {
      schema.await();
      while (!stopping) {
        TimeUnit.NANOSECONDS.sleep(config.lookAgain().toNanos());
        if (runOnce() && !seatsAreKept) {
          return; // what an earlier catalogue wanted is on its way out
        }
      }
    } catch (InterruptedException e) {
      // The service stops.
    }
  }

  private boolean runOnce() {
    try {
      counts.putAll(keepSeats.run());
      return true;
    } catch (DatabaseUnavailable e) {
      LOG.debugf("seats not looked at: %s", e.getMessage());
    } catch (RuntimeException e) {
      LOG.warn("seats could not be looked at; they are again soon", e);
    }
    return false;
  }
}
