package io.berth.session.lifecycle;

import io.berth.session.database.DatabaseUnavailable;
import io.berth.session.database.Notifications;
import io.berth.session.database.SchemaMigration;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Takes sessions that need work and drives each on a virtual thread. Any number of replicas do so
 * at once: a lease in the row keeps them apart, and a lost one is taken over.
 */
@ApplicationScoped
public class Workers {

  /** Channel on which the database's trigger tells of a session's change: {@code {id} {status}}. */
  public static final String CHANNEL = "berth_sessions";

  private record Driven(Session session, Lease lease) {}

  private final String process = UUID.randomUUID().toString();
  private final AtomicLong takes = new AtomicLong();
  private final Map<UUID, Driven> driven = new ConcurrentHashMap<>();
  private final Semaphore work = new Semaphore(0);
  private final Notifications notifications;
  private final SchemaMigration schema;
  private final SessionWork sessions;
  private final Drive drive;
  private final LifecycleConfig config;
  private volatile boolean stopping;
  private @Nullable Thread taking;
  private @Nullable Thread renewing;

  Workers(
      Notifications notifications,
      SchemaMigration schema,
      SessionWork sessions,
      Drive drive,
      LifecycleConfig config) {
    this.notifications = notifications;
    this.schema = schema;
    this.sessions = sessions;
    this.drive = drive;
    this.config = config;
  }

  void start(@Observes @Priority(200) StartupEvent started) {
    notifications.listen(CHANNEL, this::heard);
    taking = Thread.ofVirtual().name("workers").start(this::takeWork);
    renewing = Thread.ofVirtual().name("leases").start(this::renewLeases);
  }

  /** Leases stay until they run out or another replica's steps find what these left. */
  void stop(@Observes ShutdownEvent stopped) {
    stopping = true;
    for (Thread thread : new Thread[] {taking, renewing}) {
      if (thread != null) {
        thread.interrupt();
      }
    }
    driven.values().forEach(each -> each.lease().cancel());
  }

  private void heard(String payload) {
    String[] words = payload.split(" ", 2);
    if (words.length == 2 && words[1].equals(SessionState.STOPPING.word())) {
      Driven here = driven.get(UUID.fromString(words[0]));
      if (here != null) {
        here.lease().cancelUnlessStopping(); // the person does not want it any more
      }
    }
    work.release();
  }

  private void takeWork() {
    try {
      schema.await();
      while (!stopping) {
        takeOnce();
        if (work.tryAcquire(config.lookAgain().toMillis(), TimeUnit.MILLISECONDS)) {
          work.drainPermits();
        }
      }
    } catch (InterruptedException e) {
      // The service stops.
    }
  }

  private void takeOnce() {
    int free = config.workers() - driven.size();
    if (free <= 0) {
      return;
    }
    try {
      // A holder per take: if this process stood still and takes a session again, its own earlier
      // work on it must not pass for the later.
      String holder = process + "/" + takes.incrementAndGet();
      long end = endOfLease();
      for (Session session : sessions.lease(holder, free)) {
        Driven mine = new Driven(session, new Lease(session.id(), holder, end));
        Driven earlier = driven.put(session.id(), mine);
        if (earlier != null) {
          earlier.lease().cancel();
        }
        Thread.ofVirtual().name("session-" + session.id()).start(() -> drive(mine));
      }
    } catch (DatabaseUnavailable e) {
      Log.notNow("no work taken", e);
    } catch (RuntimeException e) {
      Log.trouble("work could not be taken", e);
    }
  }

  private void drive(Driven mine) {
    Duration after = Duration.ZERO;
    try {
      Boundary.LEASE_TAKEN.passed();
      after = drive.run(mine.session(), mine.lease());
    } catch (Lease.Lost e) {
      Log.notNow("a step ended early", e);
    } catch (DatabaseUnavailable e) {
      Log.notNow("a step ended early; its lease runs out", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      Log.stepBroke(mine.session(), e);
      after = config.lease();
    } finally {
      driven.remove(mine.session().id(), mine);
      giveBack(mine, after);
      work.release();
    }
  }

  private void giveBack(Driven mine, Duration after) {
    try {
      sessions.release(mine.session().id(), mine.lease().holder(), after);
    } catch (RuntimeException e) {
      Log.notNow("a lease was not given back and runs out", e);
    }
  }

  private void renewLeases() {
    try {
      while (!stopping) {
        TimeUnit.NANOSECONDS.sleep(config.lease().toNanos() / 3);
        renewOnce();
      }
    } catch (InterruptedException e) {
      // The service stops.
    }
  }

  private void renewOnce() {
    Map<UUID, Driven> now = Map.copyOf(driven);
    if (now.isEmpty()) {
      return;
    }
    try {
      long end = endOfLease();
      Set<UUID> held = sessions.renew(now.values().stream().map(Driven::lease).toList());
      now.forEach((id, each) -> {
        if (held.contains(id)) {
          each.lease().renewed(end);
        } else {
          each.lease().cancel();
        }
      });
    } catch (RuntimeException e) {
      Log.notNow("leases not renewed", e);
    }
  }

  /** Asked before PostgreSQL is, so that it is never later than what the row says. */
  private long endOfLease() {
    return System.nanoTime() + config.lease().toNanos();
  }
}
