package io.berth.session.route;

import io.berth.common.RouteChange;
import io.berth.session.database.Database;
import io.berth.session.database.Notifications;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;

/**
 * Waits until every connected proxy has said that its memory has a change. Who is connected is what
 * PostgreSQL's own list of connections says, so a proxy that died is not waited for.
 */
@ApplicationScoped
public class ProxyEchoes {

  private static final Logger LOG = Logger.getLogger(ProxyEchoes.class);

  private final Database database;
  private final Notifications notifications;
  private final RouteConfig config;
  private final Set<Expectation> waiting = ConcurrentHashMap.newKeySet();
  private final Map<String, Instant> lastSeen = new ConcurrentHashMap<>();

  ProxyEchoes(Database database, Notifications notifications, RouteConfig config) {
    this.database = database;
    this.notifications = notifications;
    this.config = config;
  }

  void start(@Observes @Priority(100) StartupEvent started) {
    notifications.listen(RouteChange.APPLIED_CHANNEL, this::heard);
  }

  /** Begins to collect the echoes of a change; to be called before the change is committed. */
  Expectation expect(RouteChange change) {
    Expectation expectation = new Expectation(change.payload());
    waiting.add(expectation);
    return expectation;
  }

  /** An echo is {@code {instance} {payload}}. */
  private void heard(String echo) {
    waiting.forEach(expectation -> expectation.heard(echo));
  }

  private Set<String> connectedProxies() {
    String prefix = RouteChange.PROXY_APPLICATION_PREFIX;
    List<String> proxies =
        database.transaction(transaction ->
            transaction.list(
                "SELECT application_name FROM pg_stat_activity"
                    + " WHERE datname = current_database() AND starts_with(application_name, ?)",
                row -> row.getString(1).substring(prefix.length()),
                prefix));
    Instant now = Instant.now();
    proxies.forEach(proxy -> lastSeen.put(proxy, now));
    return new TreeSet<>(proxies);
  }

  /** Proxies that lost their connection lately: they may serve on with what they know. */
  private Set<String> gone(Set<String> connected) {
    lastSeen.values().removeIf(Instant.now().minus(config.unsureQuarantine())::isAfter);
    Set<String> gone = new TreeSet<>(lastSeen.keySet());
    gone.removeAll(connected);
    return gone;
  }

  /** The echoes of one change. */
  final class Expectation implements AutoCloseable {

    private final String payload;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition more = lock.newCondition();
    private final Set<String> proxies = new TreeSet<>();

    private Expectation(String payload) {
      this.payload = payload;
    }

    private void heard(String echo) {
      if (echo.endsWith(" " + payload)) {
        lock.lock();
        try {
          proxies.add(echo.substring(0, echo.length() - payload.length() - 1));
          more.signalAll();
        } finally {
          lock.unlock();
        }
      }
    }

    /**
     * Returns when all connected proxies have echoed, or time is up; and whether every proxy that
     * can have known the route is sure to have heard.
     */
    boolean await() throws InterruptedException {
      Set<String> missing = connectedProxies();
      Set<String> gone = gone(missing);
      if (missing.isEmpty()) {
        return gone.isEmpty();
      }
      long end = System.nanoTime() + config.echoTimeout().toNanos();
      lock.lock();
      try {
        missing.removeAll(proxies);
        while (!missing.isEmpty() && System.nanoTime() < end) {
          more.await(end - System.nanoTime(), TimeUnit.NANOSECONDS);
          missing.removeAll(proxies);
        }
      } finally {
        lock.unlock();
      }
      if (!missing.isEmpty()) {
        LOG.warnf(
            "route=%s not echoed in time by proxies %s; next step: look at their logs",
            payload, missing);
      }
      return missing.isEmpty() && gone.isEmpty();
    }

    @Override
    public void close() {
      waiting.remove(this);
    }
  }
}
