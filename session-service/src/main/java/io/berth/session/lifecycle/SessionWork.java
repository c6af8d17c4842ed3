package io.berth.session.lifecycle;

import io.berth.session.audit.Act;
import io.berth.session.audit.Actor;
import io.berth.session.audit.AuditTrail;
import io.berth.session.container.Address;
import io.berth.session.database.Database;
import io.berth.session.database.Transaction;
import io.berth.session.port.Ports;
import io.berth.session.port.PortsConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What workers write: leases, progress and moves. A move is made only by the holder of the lease
 * and only from the state that the worker saw, so that whoever comes second changes nothing. All
 * times are PostgreSQL's: the clocks of replicas may differ.
 */
@ApplicationScoped
class SessionWork {

  private static final String NOTHING_ANNOUNCED =
      " ending_at = NULL, ending_why = NULL, ending_action = NULL,";

  private static final String STOP =
      "UPDATE containers SET status = 'stopping', ends_as = ?, reason = ?,"
          + " ended_by = ?, ended_by_actor = ?, state_since = now(),"
          + NOTHING_ANNOUNCED
          + " progress_percent = NULL, progress_message = NULL, due_at = now()"
          + " WHERE id = ? AND status = ? AND state_since = ?";

  private final Database database;
  private final Ports ports;
  private final AuditTrail audit;
  private final double leaseSeconds;
  private final double quarantineSeconds;

  SessionWork(
      Database database,
      Ports ports,
      AuditTrail audit,
      LifecycleConfig config,
      PortsConfig portsConfig) {
    this.audit = audit;
    this.database = database;
    this.ports = ports;
    this.leaseSeconds = seconds(config.lease());
    this.quarantineSeconds = seconds(portsConfig.quarantine());
  }

  /** Takes sessions that are due and that nobody holds, or whose holder has vanished. */
  List<Session> lease(String holder, int limit) {
    return database.transaction(transaction ->
        transaction.list(
            """
            UPDATE containers SET lease_holder = ?, lease_until = now() + make_interval(secs => ?)
            WHERE id IN (
              SELECT id FROM containers
              WHERE due_at <= now() AND (lease_until IS NULL OR lease_until < now())
              ORDER BY due_at LIMIT ? FOR UPDATE SKIP LOCKED)
            RETURNING\
            """
                + SessionRow.COLUMNS,
            SessionRow::read,
            holder,
            leaseSeconds,
            limit));
  }

  /** Holds leases longer; returns the sessions whose lease still is the one that was taken. */
  Set<UUID> renew(Collection<Lease> leases) {
    return new HashSet<>(
        database.transaction(transaction ->
            transaction.list(
                "UPDATE containers SET lease_until = now() + make_interval(secs => ?)"
                    + " FROM unnest(?::uuid[], ?::text[]) AS held (id, holder)"
                    + " WHERE containers.id = held.id AND lease_holder = held.holder"
                    + " RETURNING containers.id",
                row -> row.getObject(1, UUID.class),
                leaseSeconds,
                leases.stream().map(each -> each.sessionId().toString()).toList(),
                leases.stream().map(Lease::holder).toList())));
  }

  /**
   * Throws {@link Lease.Lost} unless PostgreSQL says, too, that the lease is held and the session
   * is as the worker saw it. For what can't be undone by another's move: the engine knows no
   * leases.
   */
  void requireHeld(Session session, Lease lease) {
    boolean held =
        database
            .transaction(transaction ->
                transaction.first(
                    "SELECT 1 FROM containers WHERE id = ? AND status = ? AND lease_holder = ?",
                    row -> true,
                    session.id(),
                    session.state().word(),
                    lease.holder()))
            .isPresent();
    if (!held) {
      lease.cancel();
    }
    lease.requireHeld();
  }

  /** Gives a lease back; the session is looked at again after a while, if there is work left. */
  void release(UUID id, String holder, Duration after) {
    database.update(
        "UPDATE containers SET lease_holder = NULL, lease_until = NULL,"
            + " due_at = CASE WHEN due_at IS NULL THEN NULL"
            + " ELSE now() + make_interval(secs => ?) END"
            + " WHERE id = ? AND lease_holder = ?",
        seconds(after),
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
    return database.transaction(transaction -> {
      Optional<Session> moved =
          transaction.first(
              "UPDATE containers SET status = ?, state_since = now(), progress_percent = NULL,"
                  + " progress_message = NULL,"
                  + NOTHING_ANNOUNCED
                  + " started_at = CASE WHEN ? THEN coalesce(started_at, now()) ELSE started_at END,"
                  + " ready_at = CASE WHEN ? THEN now() ELSE ready_at END,"
                  + " claimed_at = CASE WHEN ? THEN NULL ELSE claimed_at END,"
                  + " due_at = CASE WHEN ? THEN now() END"
                  + " WHERE id = ? AND status = ? AND lease_holder = ? RETURNING"
                  + SessionRow.COLUMNS,
              SessionRow::read,
              next.word(),
              next == SessionState.RUNNING,
              next == SessionState.READY,
              next == SessionState.RUNNING || next == SessionState.CREATING,
              next.isWork(),
              session.id(),
              session.state().word(),
              lease.holder());
      return next.isWork() ? moved : written(transaction, moved, Acts::done);
    });
  }

  /** Sends a resting session on its way, as somebody asks; a worker takes it from there. */
  Optional<Session> send(Session session, SessionState next, Actor actor, Optional<String> reason) {
    return database.transaction(transaction -> send(transaction, session, next, actor, reason));
  }

  /** The same, in a transaction that has looked at more than the session. */
  Optional<Session> send(
      Transaction transaction,
      Session session,
      SessionState next,
      Actor actor,
      Optional<String> reason)
      throws SQLException {
    requireLegal(session, next);
    Optional<Session> sent =
        transaction.first(
            "UPDATE containers SET status = ?, state_since = now(), asked_at = now(), doing = ?,"
                + " reason = ?, progress_percent = NULL, progress_message = NULL,"
                + NOTHING_ANNOUNCED
                + " due_at = now() WHERE id = ? AND status = ? AND state_since = ? RETURNING"
                + SessionRow.COLUMNS,
            SessionRow::read,
            next.word(),
            next.verb(),
            reason.orElse(null),
            session.id(),
            session.state().word(),
            session.stateSince());
    return written(transaction, sent, each -> Acts.asked(each, actor));
  }

  /**
   * Sends a session to its end, whoever works on it: who does notices. Nothing happens if it has
   * moved since it was read, be it away and back.
   */
  Optional<Session> stop(Session session, Ending ending) {
    return database.transaction(transaction -> stop(transaction, session, ending));
  }

  /** The same, in a transaction that has looked at more than the session. */
  Optional<Session> stop(Transaction transaction, Session session, Ending ending)
      throws SQLException {
    requireLegal(session, SessionState.STOPPING);
    Optional<Session> stopping =
        transaction.first(
            STOP + " RETURNING" + SessionRow.COLUMNS,
            SessionRow::read,
            ending.as().word(),
            ending.reason().orElse(null),
            ending.by().word(),
            ending.actor().name(),
            session.id(),
            session.state().word(),
            session.stateSince());
    return written(transaction, stopping, each -> Acts.ending(each, ending));
  }

  /** Sends a session to its end because a step failed; only the lease's holder may say so. */
  Optional<Session> fail(Session session, Lease lease, Ending ending) {
    requireLegal(session, SessionState.STOPPING);
    return database.transaction(transaction -> {
      Optional<Session> stopping =
          transaction.first(
              STOP + " AND lease_holder = ? RETURNING" + SessionRow.COLUMNS,
              SessionRow::read,
              ending.as().word(),
              ending.reason().orElse(null),
              ending.by().word(),
              ending.actor().name(),
              session.id(),
              session.state().word(),
              session.stateSince(),
              lease.holder());
      return written(transaction, stopping, each -> Acts.ending(each, ending));
    });
  }

  /**
   * Ends a session. Its port is free after the quarantine; or, when its container may still be
   * there, once the reconciler has seen that it is gone.
   */
  Optional<Session> end(Session session, Lease lease, boolean containerIsGone) {
    SessionState end = session.endsAsFailed() ? SessionState.FAILED : SessionState.STOPPED;
    requireLegal(session, end);
    return database.transaction(transaction -> {
      Optional<Session> ended =
          transaction.first(
              "UPDATE containers SET status = ends_as, state_since = now(), ended_at = now(),"
                  + " upstream_secret = NULL, progress_percent = NULL, progress_message = NULL,"
                  + " due_at = NULL,"
                  + " port_free_at = CASE WHEN ? THEN now() + make_interval(secs => ?) END"
                  + " WHERE id = ? AND status = 'stopping' AND lease_holder = ? RETURNING"
                  + SessionRow.COLUMNS,
              SessionRow::read,
              containerIsGone,
              quarantineSeconds,
              session.id(),
              lease.holder());
      return written(transaction, ended, Acts::ended);
    });
  }

  /** Frees the ports of ended sessions, those whose container is still there apart. */
  List<Integer> freePorts(Collection<UUID> stillThere) {
    return database.transaction(transaction ->
        transaction.list(
            "UPDATE containers SET port_free_at = now() + make_interval(secs => ?)"
                + " WHERE port_free_at IS NULL AND host_port IS NOT NULL"
                + " AND status IN ('stopped', 'failed') AND NOT id = ANY (?::uuid[])"
                + " RETURNING host_port",
            row -> row.getInt(1),
            quarantineSeconds,
            stillThere.stream().map(UUID::toString).toList()));
  }

  /** What moved is written down with its move; a seat is nobody's history. */
  private Optional<Session> written(
      Transaction transaction, Optional<Session> moved, Function<Session, Act> act)
      throws SQLException {
    if (moved.isPresent() && !moved.get().isSeat()) {
      audit.write(transaction, act.apply(moved.get()));
    }
    return moved;
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1e3;
  }

  private static void requireLegal(Session session, SessionState next) {
    if (!session.state().mayBecome(next)) {
      throw new IllegalStateException(session + " can't become " + next);
    }
  }
}
