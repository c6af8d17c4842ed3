package io.berth.proxy.feed;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One connection to PostgreSQL that listens, and comes back by itself: LISTEN first, then a full
 * resync, then single changes in their order. While it is away, memory keeps what it has.
 *
 * <p>All its work runs on one Vert.x context; the getters may be called from anywhere.
 */
public final class DatabaseFeed implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(DatabaseFeed.class);
  private static final long FIRST_PAUSE = 200;
  private static final long LONGEST_PAUSE = 5_000;
  private static final long PROBE_EVERY = 10_000;
  private static final long PROBE_TIMEOUT = 5_000;

  private final Vertx vertx;
  private final PgConnectOptions address;
  private final List<Subscription> subscriptions;
  private @Nullable PgConnection connection;
  private Future<Void> work = Future.succeededFuture();
  private long pause = FIRST_PAUSE;
  private volatile boolean loadedOnce;
  private volatile boolean connected;
  private volatile boolean closed;
  private volatile @Nullable Instant lostAt;

  /**
   * @param address of the database, with credentials
   * @param applicationName what the connection calls itself in pg_stat_activity
   */
  public DatabaseFeed(
      Vertx vertx,
      PgConnectOptions address,
      String applicationName,
      List<Subscription> subscriptions) {
    this.vertx = vertx;
    this.address =
        new PgConnectOptions(address)
            .addProperty("application_name", applicationName)
            .setTcpKeepAlive(true)
            .setReconnectAttempts(0)
            .setConnectTimeout((int) PROBE_TIMEOUT);
    this.subscriptions = List.copyOf(subscriptions);
  }

  /** Connects, now and whenever the connection is lost. */
  public void start() {
    vertx.getOrCreateContext().runOnContext(nothing -> connect());
  }

  /** Whether everything was in memory at least once. */
  public boolean loadedOnce() {
    return loadedOnce;
  }

  /** Whether memory follows the database right now. */
  public boolean connected() {
    return connected;
  }

  /** How long memory has not been following the database. */
  public Duration away() {
    Instant since = lostAt;
    return since == null ? Duration.ZERO : Duration.between(since, Instant.now());
  }

  private void connect() {
    if (closed) {
      return;
    }
    PgConnection.connect(vertx, address).onSuccess(this::follow).onFailure(this::lost);
  }

  private void follow(PgConnection fresh) {
    connection = fresh;
    fresh.closeHandler(gone -> lost(fresh, new IllegalStateException("connection closed")));
    fresh.notificationHandler(news -> enqueue(fresh, find(news.getChannel()), news.getPayload()));
    Future<Void> steps = Future.succeededFuture();
    for (Subscription subscription : subscriptions) {
      steps =
          steps.compose(
              done -> fresh.query("LISTEN " + subscription.channel()).execute().mapEmpty());
    }
    for (Subscription subscription : subscriptions) {
      steps = steps.compose(done -> subscription.resync(fresh));
    }
    work = steps;
    steps
        .onSuccess(done -> {
          pause = FIRST_PAUSE;
          connected = true;
          loadedOnce = true;
          lostAt = null;
          LOG.info("database=connected, routes and revocations are in memory");
          probeLater(fresh);
        })
        .onFailure(error -> lost(fresh, error));
  }

  private @Nullable Subscription find(String channel) {
    return subscriptions.stream()
        .filter(subscription -> subscription.channel().equals(channel))
        .findFirst()
        .orElse(null);
  }

  private void enqueue(PgConnection on, @Nullable Subscription to, String payload) {
    if (to != null) {
      work = work.compose(done -> to.changed(on, payload));
      work.onFailure(error -> lost(on, error));
    }
  }

  /** A dead peer says nothing: ask it now and then. */
  private void probeLater(PgConnection asked) {
    vertx.setTimer(
        PROBE_EVERY,
        timer -> {
          if (asked.equals(connection)) {
            asked
                .query("SELECT 1")
                .execute()
                .timeout(PROBE_TIMEOUT, TimeUnit.MILLISECONDS)
                .onSuccess(rows -> probeLater(asked))
                .onFailure(error -> lost(asked, error));
          }
        });
  }

  private void lost(PgConnection which, Throwable error) {
    if (which.equals(connection)) {
      connection = null;
      which.close();
      lost(error);
    }
  }

  private void lost(Throwable error) {
    connected = false;
    if (closed) {
      return;
    }
    if (lostAt == null) {
      lostAt = Instant.now();
      LOG.warnf(
          "database=away cause=\"%s\": known routes and logins keep working, retrying",
          error.getMessage());
    }
    vertx.setTimer(pause, timer -> connect());
    pause = Math.min(pause * 2, LONGEST_PAUSE);
  }

  @Override
  public void close() {
    closed = true;
    PgConnection open = connection;
    connection = null;
    if (open != null) {
      open.close();
    }
  }
}
