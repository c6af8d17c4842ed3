package io.berth.proxy.route;

import io.berth.common.ProxyPath;
import io.berth.common.RouteChange;
import io.berth.proxy.feed.Fingerprint;
import io.berth.proxy.feed.Subscription;
import io.vertx.core.Future;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the route table as the database has it, and tells session-service of each change that it
 * has taken in. What a notification says is only a hint to look: the row is the truth.
 */
public final class RouteFeed implements Subscription {

  private static final Logger LOG = Logger.getLogger(RouteFeed.class);
  private static final String COLUMNS =
      "proxy_path, generation, owner_id, scheme, host, port, username, password, start_query,"
          + " strip_prefix, blocked_prefixes, verify_tls";
  private static final String FINGERPRINT =
      "SELECT " + Fingerprint.sql("generation::text") + " FROM public.routes";

  private final RouteTable table;
  private final AllowedUpstreams allowed;
  private final String instance;

  /**
   * Generations that the table was seen to have, the refused ones too; touched by the feed only.
   */
  private final Map<String, Long> seen = new HashMap<>();

  /**
   * @param instance this proxy's name in its echoes
   */
  public RouteFeed(RouteTable table, AllowedUpstreams allowed, String instance) {
    this.table = table;
    this.allowed = allowed;
    this.instance = instance;
  }

  @Override
  public String channel() {
    return RouteChange.CHANNEL;
  }

  @Override
  public Future<Void> resync(PgConnection connection) {
    return connection
        .query("SELECT " + COLUMNS + " FROM public.routes")
        .execute()
        .compose(rows -> {
          List<Route> all = new ArrayList<>(rows.size());
          seen.clear();
          rows.forEach(row -> {
            seen.put(row.getString("proxy_path"), row.getLong("generation"));
            Route route = routeOf(row);
            if (route != null) {
              all.add(route);
            }
          });
          RouteTable.Difference difference = table.replaceAll(all);
          LOG.infof("routes=%d read from the database", table.size());
          return echo(connection, echoesOf(difference));
        });
  }

  @Override
  public Future<Void> changed(PgConnection connection, String payload) {
    RouteChange change = RouteChange.parse(payload).orElse(null);
    if (change == null) {
      LOG.warnf("an unreadable change of routes: \"%s\"", payload);
      return Future.succeededFuture();
    }
    String path = change.path().value();
    return connection
        .preparedQuery("SELECT " + COLUMNS + " FROM public.routes WHERE proxy_path = $1")
        .execute(Tuple.of(path))
        .compose(rows -> {
          apply(path, rows);
          return echo(connection, List.of(payload));
        });
  }

  @Override
  public Future<Boolean> agrees(PgConnection connection) {
    return connection
        .query(FINGERPRINT)
        .execute()
        .map(rows ->
            Fingerprint.of(seen.values().stream().map(String::valueOf))
                .equals(rows.iterator().next().getString(0)));
  }

  private void apply(String path, RowSet<Row> rows) {
    Row row = rows.size() == 0 ? null : rows.iterator().next();
    if (row == null) {
      seen.remove(path);
    } else {
      seen.put(path, row.getLong("generation"));
    }
    Route route = row == null ? null : routeOf(row);
    if (route == null) {
      table.withdraw(path);
    } else {
      table.publish(route);
    }
    LOG.debugf("route=%s %s", path, route == null ? "withdrawn" : "published");
  }

  private static List<String> echoesOf(RouteTable.Difference difference) {
    Stream<String> withdrawn =
        difference.withdrawn().stream().map(r -> payload(RouteChange.Kind.WITHDRAWN, r));
    Stream<String> published =
        difference.published().stream().map(r -> payload(RouteChange.Kind.PUBLISHED, r));
    return Stream.concat(withdrawn, published).toList();
  }

  private static String payload(RouteChange.Kind kind, Route route) {
    return new RouteChange(kind, new ProxyPath(route.path()), route.generation()).payload();
  }

  private Future<Void> echo(PgConnection connection, List<String> payloads) {
    String[] echoes = payloads.stream().map(p -> instance + " " + p).toArray(String[]::new);
    return connection
        .preparedQuery("SELECT pg_notify($1, echo) FROM unnest($2::text[]) AS echo")
        .execute(Tuple.of(RouteChange.APPLIED_CHANNEL, (Object) echoes))
        .mapEmpty();
  }

  private @Nullable Route routeOf(Row row) {
    String path = row.getString("proxy_path");
    String scheme = row.getString("scheme");
    Route.Address address =
        new Route.Address(
            row.getString("host"),
            row.getInteger("port"),
            "https".equals(scheme),
            Boolean.TRUE.equals(row.getBoolean("verify_tls")));
    if (ProxyPath.parse(path).isEmpty() || !allowed.allows(address)) {
      LOG.warnf(
          "route=%s upstream=%s refused: berth.proxy.allowed-upstreams does not have it",
          path, address);
      return null;
    }
    @Nullable String username = row.getString("username");
    @Nullable String password = row.getString("password");
    @Nullable String startQuery = row.getString("start_query");
    String @Nullable [] blocked = row.getArrayOfStrings("blocked_prefixes");
    UUID owner = row.getUUID("owner_id");
    return new Route(
        path,
        row.getLong("generation"),
        owner.toString(),
        address,
        username == null || password == null ? "" : Route.basic(username, password),
        startQuery == null ? "" : startQuery,
        Boolean.TRUE.equals(row.getBoolean("strip_prefix")),
        blocked == null
            ? List.of()
            : Stream.of(blocked).map(prefix -> prefix.toLowerCase(Locale.ROOT)).toList());
  }
}
