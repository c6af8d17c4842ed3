package io.berth.session.database;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/** Hears what PostgreSQL notifies, on one connection for all channels, opened again when lost. */
@ApplicationScoped
public class Notifications {

  /** Takes what a channel says. It runs on the one listening thread, so it must be quick. */
  public interface Listener {

    /** One notification's payload. */
    void heard(String payload);

    /** The connection is new: notifications may have been missed. */
    default void mayHaveMissed() {}
  }

  private static final Logger LOG = Logger.getLogger(Notifications.class);
  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final int WAIT_MILLIS = 10_000;

  private final Database database;
  private final SchemaMigration schema;
  private final Map<String, List<Listener>> listeners = new ConcurrentHashMap<>();
  private volatile boolean stopping;
  private volatile boolean listening;
  private @Nullable Thread thread;

  Notifications(Database database, SchemaMigration schema) {
    this.database = database;
    this.schema = schema;
  }

  /** Hears a channel from now on. Must be called while the application starts. */
  public void listen(String channel, Listener listener) {
    listeners.computeIfAbsent(channel, any -> new CopyOnWriteArrayList<>()).add(listener);
  }

  /** Whether notifications are heard now. */
  public boolean isListening() {
    return listening;
  }

  void start(@Observes StartupEvent started) {
    thread = Thread.ofVirtual().name("notifications").start(this::run);
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
        try (Connection connection = database.connection()) {
          hear(connection);
        } catch (SQLException e) {
          if (!stopping) {
            LOG.debugf("notifications lost: %s", e.getMessage());
          }
        } finally {
          listening = false;
        }
        TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
      }
    } catch (InterruptedException e) {
      // The service stops.
    }
  }

  private void hear(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String channel : listeners.keySet()) {
        statement.execute("LISTEN " + channel);
      }
    }
    listening = true;
    listeners.values().forEach(each -> each.forEach(Listener::mayHaveMissed));
    PGConnection notified = connection.unwrap(PGConnection.class);
    while (!stopping && !Thread.currentThread().isInterrupted()) {
      // The driver's own socket timeout does not count while it waits here, so ask for life
      // between.
      PGNotification[] heard = notified.getNotifications(WAIT_MILLIS);
      if (heard == null || heard.length == 0) {
        if (!connection.isValid(5)) {
          throw new SQLException("the connection does not answer");
        }
        continue;
      }
      for (PGNotification notification : heard) {
        tell(notification);
      }
    }
  }

  private void tell(PGNotification notification) {
    for (Listener listener : listeners.getOrDefault(notification.getName(), List.of())) {
      try {
        listener.heard(notification.getParameter());
      } catch (RuntimeException e) {
        LOG.warnf(e, "a notification on %s was not taken", notification.getName());
      }
    }
  }
}
