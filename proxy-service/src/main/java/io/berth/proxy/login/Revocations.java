package io.berth.proxy.login;

import io.berth.common.Revocation;
import io.berth.proxy.feed.Fingerprint;
import io.berth.proxy.feed.Subscription;
import io.vertx.core.Future;
import io.vertx.pgclient.PgConnection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** The logins that ended before their time, in memory as the database has them. */
public final class Revocations implements Subscription {

  /** An hour more than the login's own time: revoked must not become valid by a clock's skew. */
  private static final String FROM_THOSE_THAT_COUNT =
      " FROM auth.revocations WHERE expires_at > now() - interval '1 hour'";

  private static final String FINGERPRINT =
      "SELECT " + Fingerprint.sql("login_id") + FROM_THOSE_THAT_COUNT;

  private final Set<String> revoked = ConcurrentHashMap.newKeySet();
  private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();

  /** Calls back with the id of each login that is revoked from now on. */
  public void whenRevoked(Consumer<String> listener) {
    listeners.add(listener);
  }

  /** Whether a login was revoked. */
  public boolean has(String loginId) {
    return revoked.contains(loginId);
  }

  /** Number of revocations in memory. */
  public int size() {
    return revoked.size();
  }

  /** Takes a login as revoked. */
  public void add(String loginId) {
    if (revoked.add(loginId)) {
      listeners.forEach(listener -> listener.accept(loginId));
    }
  }

  @Override
  public String channel() {
    return Revocation.CHANNEL;
  }

  @Override
  public Future<Void> resync(PgConnection connection) {
    return connection
        .query("SELECT login_id" + FROM_THOSE_THAT_COUNT)
        .execute()
        .map(rows -> {
          Set<String> current = new HashSet<>();
          rows.forEach(row -> current.add(row.getString("login_id")));
          current.forEach(this::add);
          revoked.retainAll(current);
          return null;
        });
  }

  @Override
  public Future<Void> changed(PgConnection connection, String payload) {
    add(payload);
    return Future.succeededFuture();
  }

  @Override
  public Future<Boolean> agrees(PgConnection connection) {
    return connection
        .query(FINGERPRINT)
        .execute()
        .map(rows -> Fingerprint.of(revoked.stream()).equals(rows.iterator().next().getString(0)));
  }
}
