package io.berth.session.lifecycle;

import io.berth.common.UnreachableDesktop;
import io.berth.session.container.RuntimeUnavailable;
import io.berth.session.database.DatabaseUnavailable;
import io.berth.session.database.Notifications;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Looks at a desktop at once when a proxy says that it takes no connection, in case the engine's
 * own word of its end was missed. A proxy's word is a hint: what the engine says counts.
 */
@ApplicationScoped
class LookAtDesktop {

  /** More than this at a time is an outage of the engine, which the timer looks into. */
  private static final int MOST_WAITING = 1_000;

  private final Notifications notifications;
  private final Sessions sessions;
  private final Reconciliation reconciliation;
  private final LinkedBlockingQueue<UnreachableDesktop> waiting =
      new LinkedBlockingQueue<>(MOST_WAITING);
  private @Nullable Thread thread;

  LookAtDesktop(Notifications notifications, Sessions sessions, Reconciliation reconciliation) {
    this.notifications = notifications;
    this.sessions = sessions;
    this.reconciliation = reconciliation;
  }

  void start(@Observes @Priority(220) StartupEvent started) {
    notifications.listen(
        UnreachableDesktop.CHANNEL,
        payload -> UnreachableDesktop.parse(payload).ifPresent(waiting::offer));
    thread = Thread.ofVirtual().name("look-at-desktops").start(this::run);
  }

  void stop(@Observes ShutdownEvent stopped) {
    if (thread != null) {
      thread.interrupt();
    }
  }

  private void run() {
    try {
      while (true) {
        // Every proxy says the same: one look is enough.
        Set<UnreachableDesktop> notices = new LinkedHashSet<>();
        notices.add(waiting.take());
        waiting.drainTo(notices);
        for (UnreachableDesktop notice : notices) {
          look(notice);
        }
      }
    } catch (InterruptedException e) {
      // The service stops.
    }
  }

  private void look(UnreachableDesktop notice) throws InterruptedException {
    try {
      Session session =
          sessions
              .findLive(notice.path())
              .filter(live -> live.generation() == notice.generation())
              .filter(live -> live.state() == SessionState.RUNNING)
              .orElse(null);
      if (session != null) {
        reconciliation.lookAt(session);
      }
    } catch (RuntimeUnavailable | DatabaseUnavailable e) {
      Log.notNow("an unreachable desktop not looked at", e);
    } catch (RuntimeException e) {
      Log.trouble("an unreachable desktop could not be looked at", e);
    }
  }
}
