package io.berth.session.lifecycle;

import io.berth.session.database.Notifications;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells subscribers of their person's sessions as they change, whichever replica changes them. Many
 * changes of one session in a short time are told as one.
 */
@ApplicationScoped
public class SessionFeed {

  private static final UUID EVERYTHING = new UUID(0, 0);

  private final Notifications notifications;
  private final Sessions sessions;
  private final Map<UUID, Subscription> subscriptions = new ConcurrentHashMap<>();
  private final LinkedBlockingQueue<UUID> changed = new LinkedBlockingQueue<>(100_000);
  private @Nullable Thread thread;

  SessionFeed(Notifications notifications, Sessions sessions) {
    this.notifications = notifications;
    this.sessions = sessions;
  }

  /** What one stream to a browser wants to hear; closing it ends that. */
  public record Subscription(UUID id, String ownerId, Consumer<Session> told, Runnable end)
      implements AutoCloseable {

    @Override
    public void close() {
      end.run();
    }
  }

  /** Tells of a person's sessions from now on; {@code told} must be quick and safe for threads. */
  public Subscription subscribe(String ownerId, Consumer<Session> told) {
    UUID id = UUID.randomUUID();
    Subscription made = new Subscription(id, ownerId, told, () -> subscriptions.remove(id));
    subscriptions.put(id, made);
    return made;
  }

  void start(@Observes @Priority(210) StartupEvent started) {
    notifications.listen(
        Workers.CHANNEL,
        new Notifications.Listener() {
          @Override
          public void heard(String payload) {
            if (!subscriptions.isEmpty()) {
              changed.offer(UUID.fromString(payload.split(" ", 2)[0]));
            }
          }

          @Override
          public void mayHaveMissed() {
            changed.offer(EVERYTHING);
          }
        });
    thread = Thread.ofVirtual().name("session-feed").start(this::run);
  }

  void stop(@Observes ShutdownEvent stopped) {
    if (thread != null) {
      thread.interrupt();
    }
  }

  private void run() {
    try {
      while (true) {
        Set<UUID> ids = new HashSet<>();
        ids.add(changed.take());
        changed.drainTo(ids);
        try {
          tell(ids);
        } catch (RuntimeException e) {
          Log.notNow("changes not told; the next connection tells everything", e);
        }
      }
    } catch (InterruptedException e) {
      // The service stops.
    }
  }

  private void tell(Set<UUID> ids) {
    if (ids.contains(EVERYTHING)) {
      for (Subscription each : List.copyOf(subscriptions.values())) {
        sessions.latest(each.ownerId()).forEach(each.told());
      }
      return;
    }
    for (Session session : sessions.find(ids)) {
      for (Subscription each : subscriptions.values()) {
        if (each.ownerId().equals(session.ownerId())) {
          each.told().accept(session);
        }
      }
    }
  }
}
