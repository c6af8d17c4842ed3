package io.berth.proxy.edge;

import io.berth.launcher.postgres.PostgresServer;
import io.berth.proxy.upstream.SocketServer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.util.concurrent.TimeUnit;

/** A real PostgreSQL with the two tables that the edge reads, as their owners make them. */
final class TestDatabase {

  /** Made at first use; a class of its own, since callbacks of TestDatabase run meanwhile. */
  private static final class Shared {
    static final TestDatabase DATABASE = new TestDatabase();
  }

  private final PostgresServer server = PostgresServer.startTemporary();
  private final Vertx vertx = Vertx.vertx();

  private TestDatabase() {
    as(
        "berth_session",
        """
        CREATE TABLE routes (
          proxy_path text PRIMARY KEY, generation bigint NOT NULL UNIQUE, session_id uuid NOT NULL,
          owner_id uuid NOT NULL, scheme text NOT NULL, host text NOT NULL, port integer NOT NULL,
          username text NOT NULL, password text NOT NULL, start_query text NOT NULL,
          strip_prefix boolean NOT NULL, blocked_prefixes text[] NOT NULL,
          verify_tls boolean NOT NULL);
        CREATE SEQUENCE route_generations;
        CREATE FUNCTION notify_route() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF TG_OP = 'DELETE' THEN
            PERFORM pg_notify('berth_routes', 'withdrawn ' || OLD.proxy_path || ' ' || OLD.generation);
          ELSE
            PERFORM pg_notify('berth_routes', 'published ' || NEW.proxy_path || ' ' || NEW.generation);
          END IF;
          RETURN NULL;
        END $$;
        CREATE TRIGGER route_changed AFTER INSERT OR UPDATE OR DELETE ON routes
          FOR EACH ROW EXECUTE FUNCTION notify_route();
        GRANT SELECT ON routes TO berth_proxy;
        """);
    as(
        "berth_auth",
        """
        CREATE TABLE auth.revocations (login_id text PRIMARY KEY,
          revoked_at timestamptz NOT NULL DEFAULT now(), expires_at timestamptz NOT NULL);
        CREATE FUNCTION auth.notify_revocation() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN PERFORM pg_notify('berth_revocations', NEW.login_id); RETURN NULL; END $$;
        CREATE TRIGGER revocation_is_told AFTER INSERT ON auth.revocations
          FOR EACH ROW EXECUTE FUNCTION auth.notify_revocation();
        GRANT SELECT ON auth.revocations TO berth_proxy;
        """);
  }

  static TestDatabase shared() {
    return Shared.DATABASE;
  }

  Vertx vertx() {
    return vertx;
  }

  int port() {
    return server.port();
  }

  PgConnectOptions addressFor(String role) {
    return PgConnectOptions.fromUri(server.reactiveUrl())
        .setUser(role)
        .setPassword(server.password(role));
  }

  RowSet<Row> as(String role, String sql) {
    return await(
        PgConnection.connect(vertx, addressFor(role))
            .compose(connection ->
                connection.query(sql).execute().onComplete(done -> connection.close())));
  }

  static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** A desktop's route; more by {@link TestRoute}'s methods. */
  void publish(TestRoute route) {
    as(
        "berth_session",
        """
        INSERT INTO routes VALUES ('%s', nextval('route_generations'), gen_random_uuid(), '%s',
          '%s', '%s', %d, 'kasm_user', '%s', '%s', %b, '%s', false)
        ON CONFLICT (proxy_path) DO UPDATE SET generation = EXCLUDED.generation,
          port = EXCLUDED.port, host = EXCLUDED.host, password = EXCLUDED.password
        """
            .formatted(
                route.path(),
                route.owner().id(),
                route.scheme(),
                route.host(),
                route.port(),
                route.password(),
                route.startQuery(),
                route.stripPrefix(),
                route.blocked()));
  }

  void withdraw(String path) {
    as("berth_session", "DELETE FROM routes WHERE proxy_path = '%s'".formatted(path));
  }

  void revoke(String loginId) {
    as(
        "berth_auth",
        "INSERT INTO auth.revocations VALUES ('%s', now(), now() + interval '10 hours')"
            .formatted(loginId));
  }

  void stop() {
    server.stop();
  }

  void start() {
    server.start();
  }

  /** A row of the table of routes. */
  record TestRoute(
      String path,
      Person owner,
      String scheme,
      String host,
      int port,
      String password,
      String startQuery,
      boolean stripPrefix,
      String blocked) {

    static TestRoute kasm(String path, Person owner, SocketServer upstream) {
      return new TestRoute(
          path,
          owner,
          "https",
          "127.0.0.1",
          upstream.port(),
          "secret12",
          "path=desktop/{path}/websockify",
          true,
          "{/api/}");
    }

    static TestRoute plain(String path, Person owner, SocketServer upstream) {
      return new TestRoute(
          path, owner, "http", "127.0.0.1", upstream.port(), "secret12", "", true, "{}");
    }

    TestRoute keepingPrefix() {
      return new TestRoute(path, owner, scheme, host, port, password, startQuery, false, blocked);
    }

    TestRoute at(String otherHost, int otherPort) {
      return new TestRoute(
          path, owner, scheme, otherHost, otherPort, password, startQuery, stripPrefix, blocked);
    }
  }
}
