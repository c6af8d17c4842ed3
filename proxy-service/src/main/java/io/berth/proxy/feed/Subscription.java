package io.berth.proxy.feed;

import io.vertx.core.Future;
import io.vertx.pgclient.PgConnection;

/** What somebody keeps in memory of a table and learns of by notifications. */
public interface Subscription {

  /** The channel that tells of changes. */
  String channel();

  /** Reads the whole table; called after LISTEN, at each new connection. */
  Future<Void> resync(PgConnection connection);

  /** Takes one change in; called in the order of notifications, never during a resync. */
  Future<Void> changed(PgConnection connection, String payload);

  /** Whether memory is what the table is, asked cheaply and now and then; if not, it is reread. */
  Future<Boolean> agrees(PgConnection connection);
}
