package io.berth.proxy.feed;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One connection to PostgreSQL that listens, and comes back by itself: LISTEN first, then a full
 * resync, then single changes in their order, and a cheap comparison now and then. While it is
 * away, memory keeps what it has.
 *
 * <p>All its work runs on one Vert.x context; public methods may be called from anywhere.
 */
public final class DatabaseFeed implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(DatabaseFeed.class);

  private final Vertx vertx;
  private final Context context;
  private final PgConnectOptions address;
  private final FeedConfig config;
  private final List<Subscription> subscriptions;
  private final Backoff backoff;
  private final LongAdder repairs = new LongAdder();
  private @Nullable PgConnection connection;
  private Future<Void> work = Future.succeededFuture();
  private volatile boolean loadedOnce;
  private volatile boolean connected;
  private volatile boolean closed;
  private volatile @Nullable Instant lostAt;
  private volatile long agreedAt = System.nanoTime();

  /**
   * @param address of the database, with credentials
   * @param applicationName what the connection calls itself in pg_stat_activity
   */
  public DatabaseFeed(
      Vertx vertx,
      PgConnectOptions address,
      String applicationName,
      FeedConfig config,
      List<Subscription> subscriptions) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    // Every check brings an answer. A peer that has said nothing for longer is gone, even one that
    // accepted and never greeted: without this its sockets would pile up.
    Duration silence = config.checkEvery().plus(config.loadTimeout());
    this.address =
        new PgConnectOptions(address)
            .addProperty("application_name", applicationName)
            .setTcpKeepAlive(true)
            .setReconnectAttempts(0)
            .setConnectTimeout((int) config.answerTimeout().toMillis())
            .setIdleTimeoutUnit(TimeUnit.MILLISECONDS);
    this.address.setReadIdleTimeout((int) silence.toMillis());
    this.config = config;
    this.backoff =
        new Backoff(config.firstPause(), config.longestPause(), RandomGenerator.getDefault());
    this.subscriptions = List.copyOf(subscriptions);
  }

  /** Connects, now and whenever the connection is lost. */
  public void start() {
    context.runOnContext(nothing -> connect());
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

  /** Time since memory was last known to hold what the database does. */
  public Duration unsureFor() {
    return Duration.ofNanos(System.nanoTime() - agreedAt);
  }

  /** How often a comparison found memory and a table to differ. */
  public long repairs() {
    return repairs.sum();
  }

  /** Notifies others, unless the database is away: for hints that may be lost. Never fails. */
  public Future<Void> tell(String channel, String payload) {
    Promise<Void> told = Promise.promise();
    context.runOnContext(nothing -> {
      PgConnection open = connection;
      if (open == null || !connected) {
        told.complete();
        return;
      }
      open.preparedQuery("SELECT pg_notify($1, $2)")
          .execute(Tuple.of(channel, payload))
          .onFailure(error -> LOG.debugf("channel=%s not told: %s", channel, error.getMessage()))
          .onComplete(done -> told.complete());
    });
    return told.future();
  }

  private void connect() {
    if (closed) {
      return;
    }
    Future<PgConnection> connecting = PgConnection.connect(vertx, address);
    within(config.answerTimeout(), connecting)
        .onSuccess(this::follow)
        .onFailure(error -> {
          // If it comes after all, nobody waits for it any more.
          connecting.onSuccess(PgConnection::close);
          lost(error);
        });
  }

  private void follow(PgConnection fresh) {
    connection = fresh;
    fresh.closeHandler(gone -> lost(fresh, new IllegalStateException("connection closed")));
    fresh.notificationHandler(news -> heard(fresh, news.getChannel(), news.getPayload()));
    work = Future.succeededFuture();
    for (Subscription each : subscriptions) {
      enqueue(
          fresh,
          () ->
              within(
                  config.answerTimeout(),
                  fresh.query("LISTEN " + each.channel()).execute().mapEmpty()));
    }
    for (Subscription each : subscriptions) {
      enqueue(fresh, () -> within(config.loadTimeout(), each.resync(fresh)));
    }
    work.onSuccess(done -> {
      backoff.reset();
      agreedAt = System.nanoTime();
      connected = true;
      loadedOnce = true;
      lostAt = null;
      LOG.info("database=connected, routes and revocations are in memory");
      checkLater(fresh);
    });
  }

  private void heard(PgConnection on, String channel, String payload) {
    for (Subscription each : subscriptions) {
      if (each.channel().equals(channel)) {
        enqueue(on, () -> within(config.answerTimeout(), each.changed(on, payload)));
      }
    }
  }

  /** One thing after the other, so that a change never meets a resync. */
  private void enqueue(PgConnection on, Supplier<Future<Void>> step) {
    work = work.compose(done -> step.get());
    work.onFailure(error -> lost(on, error));
  }

  /** A dead peer says nothing, and a notification may be lost: compare now and then. */
  private void checkLater(PgConnection asked) {
    vertx.setTimer(
        config.checkEvery().toMillis(),
        timer -> {
          if (asked.equals(connection)) {
            subscriptions.forEach(each -> enqueue(asked, () -> check(asked, each)));
            work.onSuccess(done -> {
              agreedAt = System.nanoTime();
              checkLater(asked);
            });
          }
        });
  }

  private Future<Void> check(PgConnection asked, Subscription subscription) {
    return within(config.answerTimeout(), subscription.agrees(asked))
        .compose(agrees -> {
          if (agrees) {
            return Future.succeededFuture();
          }
          repairs.increment();
          LOG.infof("channel=%s memory differs: read anew", subscription.channel());
          return within(config.loadTimeout(), subscription.resync(asked));
        });
  }

  private static <T> Future<T> within(Duration limit, Future<T> answer) {
    return answer.timeout(limit.toMillis(), TimeUnit.MILLISECONDS);
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
    vertx.setTimer(backoff.next(), timer -> connect());
  }

  @Override
  public void close() {
    closed = true;
    context.runOnContext(nothing -> {
      PgConnection open = connection;
      connection = null;
      if (open != null) {
        open.close();
      }
    });
  }
}
