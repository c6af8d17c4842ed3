package io.berth.session.route;

import io.berth.common.ProxyPath;
import io.berth.common.RouteChange;
import io.berth.session.container.ContainerRuntime;
import io.berth.session.database.Database;
import io.berth.session.database.StatementRefused;
import io.berth.session.port.Ports;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Publishes and withdraws routes; returns when every connected proxy knows, or time is up. */
@ApplicationScoped
public class Routes {

  private static final String PUBLISH =
      """
      INSERT INTO routes (proxy_path, generation, session_id, owner_id, scheme, host, port,
        username, password, start_query, strip_prefix, blocked_prefixes, verify_tls)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (proxy_path) DO UPDATE SET
        generation = EXCLUDED.generation, session_id = EXCLUDED.session_id,
        owner_id = EXCLUDED.owner_id, scheme = EXCLUDED.scheme, host = EXCLUDED.host,
        port = EXCLUDED.port, username = EXCLUDED.username, password = EXCLUDED.password,
        start_query = EXCLUDED.start_query, strip_prefix = EXCLUDED.strip_prefix,
        blocked_prefixes = EXCLUDED.blocked_prefixes, verify_tls = EXCLUDED.verify_tls
      WHERE routes.generation <= EXCLUDED.generation
      """;

  private final Database database;
  private final ProxyEchoes echoes;
  private final Ports ports;
  private final ContainerRuntime runtime;
  private final Duration unsureQuarantine;

  Routes(
      Database database,
      ProxyEchoes echoes,
      Ports ports,
      ContainerRuntime runtime,
      RouteConfig config) {
    this.database = database;
    this.echoes = echoes;
    this.ports = ports;
    this.runtime = runtime;
    this.unsureQuarantine = config.unsureQuarantine();
  }

  /**
   * Writes a route; again for the same generation is the same.
   *
   * @throws RouteRefused if it leads anywhere but to where desktops are published
   */
  public void publish(Route route) throws InterruptedException {
    Route.Upstream upstream = route.upstream();
    // Elsewhere the database knows each session's own address, and refuses any other.
    if (runtime.usesHostPorts() && !upstream.host().equals(ports.address())) {
      throw new RouteRefused(route);
    }
    var change = new RouteChange(RouteChange.Kind.PUBLISHED, route.path(), route.generation());
    try (ProxyEchoes.Expectation echo = echoes.expect(change)) {
      int written = write(route);
      if (written == 0) {
        throw new RouteRefused(route); // a younger session has the path
      }
      echo.await();
    }
  }

  private int write(Route route) {
    Route.Upstream upstream = route.upstream();
    try {
      return database.transaction(transaction -> {
        // What an earlier owner of the address left behind would lead its person here.
        transaction.update(
            "DELETE FROM routes WHERE host = ? AND port = ? AND generation < ? AND session_id <> ?",
            upstream.host(),
            upstream.port(),
            route.generation(),
            route.sessionId());
        return transaction.update(
            PUBLISH,
            route.path().value(),
            route.generation(),
            route.sessionId(),
            route.ownerId(),
            upstream.scheme(),
            upstream.host(),
            upstream.port(),
            upstream.username(),
            upstream.password(),
            route.startQuery(),
            route.stripPrefix(),
            route.blockedPrefixes(),
            upstream.verifyTls());
      });
    } catch (StatementRefused e) {
      if (e.isDuplicate()) {
        throw new RouteRefused(route); // a younger session has the address
      }
      throw e;
    }
  }

  /** Takes a session's route away, if it has one. */
  public void withdraw(UUID sessionId, ProxyPath path, long generation)
      throws InterruptedException {
    var change = new RouteChange(RouteChange.Kind.WITHDRAWN, path, generation);
    try (ProxyEchoes.Expectation echo = echoes.expect(change)) {
      if (database.update("DELETE FROM routes WHERE session_id = ?", sessionId) > 0
          && !echo.await()) {
        database.update(
            "UPDATE containers SET port_unsure_until = ? WHERE id = ?",
            Instant.now().plus(unsureQuarantine),
            sessionId);
      }
    }
  }

  /** Whether a session has its route. */
  public boolean isPublished(UUID sessionId) {
    Optional<Integer> found =
        database.transaction(transaction ->
            transaction.first(
                "SELECT 1 FROM routes WHERE session_id = ?", row -> row.getInt(1), sessionId));
    return found.isPresent();
  }

  /** Takes away the routes of sessions that neither run nor are about to; returns their paths. */
  public List<String> withdrawStale() {
    return database.transaction(transaction ->
        transaction.list(
            "DELETE FROM routes USING containers WHERE routes.session_id = containers.id"
                + " AND containers.status NOT IN ('starting', 'running', 'pausing', 'restarting', 'stopping')"
                + " RETURNING routes.proxy_path",
            row -> row.getString(1)));
  }
}
