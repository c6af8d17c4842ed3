package io.berth.session.lifecycle;

import io.berth.session.container.Address;
import io.berth.session.database.Database;
import io.berth.session.port.Ports;
import io.berth.session.port.PortsConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What workers write: leases, progress and moves. A move is made only by the holder of the lease
 * and only from the state that the worker saw, so that whoever comes second changes nothing.
 */
@ApplicationScoped
class SessionWork {

  private final Database database;
  private final Ports ports;
  private final Duration lease;
  private final Duration quarantine;

  SessionWork(Database database, Ports ports, LifecycleConfig config, PortsConfig portsConfig) {
    this.database = database;
    this.ports = ports;
    this.lease = config.lease();
    this.quarantine = portsConfig.quarantine();
  }

  /** Takes sessions that are due and that nobody holds, or whose holder has vanished. */
  List<Session> lease(String holder, int limit) {
    return database.transaction(transaction ->
        transaction.list(
            """
            UPDATE containers SET lease_holder = ?, lease_until = ?
            WHERE id IN (
              SELECT id FROM containers
              WHERE due_at <= now() AND (lease_until IS NULL OR lease_until < now())
              ORDER BY due_at LIMIT ? FOR UPDATE SKIP LOCKED)
            RETURNING\
            """
                + SessionRow.COLUMNS,
            SessionRow::read,
            holder,
            Instant.now().plus(lease),
            limit));
  }

  /** Holds leases longer; returns the sessions that this worker still has. */
  Set<UUID> renew(String holder, Collection<UUID> ids) {
    return new HashSet<>(
        database.transaction(transaction ->
            transaction.list(
                "UPDATE containers SET lease_until = ? WHERE lease_holder = ?"
                    + " AND id = ANY (?::uuid[]) RETURNING id",
                row -> row.getObject(1, UUID.class),
                Instant.now().plus(lease),
                holder,
                ids.stream().map(UUID::toString).toList())));
  }

  /** Gives a lease back; the session is looked at again after a while, if there is work left. */
  void release(UUID id, String holder, Duration after) {
    database.update(
        "UPDATE containers SET lease_holder = NULL, lease_until = NULL,"
            + " due_at = CASE WHEN due_at IS NULL THEN NULL ELSE ? END"
            + " WHERE id = ? AND lease_holder = ?",
        Instant.now().plus(after),
        id,
        holder);
  }

  /** Tells the person how far it is. */
  void progress(Session session, Lease lease, @Nullable Integer percent, String message) {
    int told =
        database.update(
            "UPDATE containers SET progress_percent = ?::integer, progress_message = ?"
                + " WHERE id = ? AND status = ? AND lease_holder = ?",
            percent,
            message,
            session.id(),
            session.state().word(),
            lease.holder());
    if (told == 0) {
      lease.cancel();
    }
  }

  /** Writes which image the session runs. */
  void chooseImage(Session session, Lease lease, String image, boolean standIn) {
    database.update(
        "UPDATE containers SET image = ?, stand_in = ? WHERE id = ? AND lease_holder = ?",
        image,
        standIn,
        session.id(),
        lease.holder());
  }

  /** Writes where the session's container is reached, if not on a host port. */
  void reachedAt(Session session, Lease lease, Address address) {
    database.update(
        "UPDATE containers SET upstream_host = ?::inet, upstream_port = ?, host_port = NULL"
            + " WHERE id = ? AND lease_holder = ?",
        address.host(),
        address.port(),
        session.id(),
        lease.holder());
  }

  /** Gives the session another port, because the host has something else on this one. */
  Optional<Session> changePort(Session session, Lease lease) {
    return database.transaction(transaction -> {
      Optional<Integer> port = ports.take(transaction);
      if (port.isEmpty()) {
        return Optional.empty();
      }
      return transaction.first(
          "UPDATE containers SET host_port = ? WHERE id = ? AND status = ? AND lease_holder = ?"
              + " RETURNING"
              + SessionRow.COLUMNS,
          SessionRow::read,
          port.get(),
          session.id(),
          session.state().word(),
          lease.holder());
    });
  }

  /** Moves a session on; nothing if it is in another state by now, or another worker's. */
  Optional<Session> move(Session session, Lease lease, SessionState next) {
    requireLegal(session, next);
    return database.transaction(transaction ->
        transaction.first(
            "UPDATE containers SET status = ?, state_since = now(), progress_percent = NULL,"
                + " progress_message = NULL,"
                + " started_at = CASE WHEN ? THEN coalesce(started_at, now()) ELSE started_at END,"
                + " due_at = CASE WHEN ? THEN now() END"
                + " WHERE id = ? AND status = ? AND lease_holder = ? RETURNING"
                + SessionRow.COLUMNS,
            SessionRow::read,
            next.word(),
            next == SessionState.RUNNING,
            next.isWork(),
            session.id(),
            session.state().word(),
            lease.holder()));
  }

  /** Sends a resting session on its way, as somebody asks; a worker takes it from there. */
  Optional<Session> send(Session session, SessionState next) {
    requireLegal(session, next);
    return database.transaction(transaction ->
        transaction.first(
            "UPDATE containers SET status = ?, state_since = now(), asked_at = now(),"
                + " progress_percent = NULL, progress_message = NULL, due_at = now()"
                + " WHERE id = ? AND status = ? RETURNING"
                + SessionRow.COLUMNS,
            SessionRow::read,
            next.word(),
            session.id(),
            session.state().word()));
  }

  /** Sends a session to its end, whoever works on it: who does notices. */
  Optional<Session> stop(Session session, Ending ending) {
    requireLegal(session, SessionState.STOPPING);
    return database.transaction(transaction ->
        transaction.first(
            "UPDATE containers SET status = 'stopping', ends_as = ?, reason = ?,"
                + " ended_by = ?, ended_by_actor = ?,"
                + " state_since = now(), progress_percent = NULL, progress_message = NULL,"
                + " due_at = now() WHERE id = ? AND status = ? RETURNING"
                + SessionRow.COLUMNS,
            SessionRow::read,
            ending.as().word(),
            ending.reason().orElse(null),
            ending.by().word(),
            ending.actor().name(),
            session.id(),
            session.state().word()));
  }

  /**
   * Ends a session. Its port is free after the quarantine; or, when its container may still be
   * there, once the reconciler has seen that it is gone.
   */
  Optional<Session> end(Session session, Lease lease, boolean containerIsGone) {
    SessionState end = session.endsAsFailed() ? SessionState.FAILED : SessionState.STOPPED;
    requireLegal(session, end);
    return database.transaction(transaction ->
        transaction.first(
            "UPDATE containers SET status = ends_as, state_since = now(), ended_at = now(),"
                + " upstream_secret = NULL, progress_percent = NULL, progress_message = NULL,"
                + " due_at = NULL, port_free_at = ?::timestamptz"
                + " WHERE id = ? AND status = 'stopping' AND lease_holder = ? RETURNING"
                + SessionRow.COLUMNS,
            SessionRow::read,
            containerIsGone ? Instant.now().plus(quarantine) : null,
            session.id(),
            lease.holder()));
  }

  /** Frees the ports of ended sessions, those whose container is still there apart. */
  void freePorts(Collection<UUID> stillThere) {
    database.update(
        "UPDATE containers SET port_free_at = ? WHERE port_free_at IS NULL"
            + " AND status IN ('stopped', 'failed') AND NOT id = ANY (?::uuid[])",
        Instant.now().plus(quarantine),
        stillThere.stream().map(UUID::toString).toList());
  }

  private static void requireLegal(Session session, SessionState next) {
    if (!session.state().mayBecome(next)) {
      throw new IllegalStateException(session + " can't become " + next);
    }
  }
}
