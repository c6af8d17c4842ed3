package io.berth.session.timeout;

import io.berth.session.audit.Act;
import io.berth.session.audit.Actor;
import io.berth.session.audit.AuditTrail;
import io.berth.session.catalogue.Catalogue;
import io.berth.session.catalogue.DesktopType;
import io.berth.session.catalogue.Timeouts;
import io.berth.session.database.Database;
import io.berth.session.database.Transaction;
import io.berth.session.lifecycle.EndedBy;
import io.berth.session.lifecycle.Session;
import io.berth.session.lifecycle.SessionState;
import io.berth.session.lifecycle.Sessions;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Gives a session more time: its idle time and absence begin anew, its lifetime moves on. */
@ApplicationScoped
public class ExtendSession {

  /** What becomes of the session. */
  public sealed interface Result {}

  public record Extended(Session session) implements Result {}

  /** Its lifetime has been moved on as far as its type allows. */
  public record NoMore(Session session) implements Result {}

  /** It neither runs nor rests. */
  public record NotFromHere(Session session) implements Result {}

  /** The actor has no such session, whoever else may have it. */
  public record Unknown() implements Result {}

  private final Sessions sessions;
  private final Catalogue catalogue;
  private final Watch watch;
  private final Database database;
  private final AuditTrail audit;

  ExtendSession(
      Sessions sessions, Catalogue catalogue, Watch watch, Database database, AuditTrail audit) {
    this.audit = audit;
    this.sessions = sessions;
    this.catalogue = catalogue;
    this.watch = watch;
    this.database = database;
  }

  public Result extend(Actor actor, UUID id) {
    Optional<Session> found = sessions.find(id).filter(each -> actor.mayActFor(each.ownerId()));
    if (found.isEmpty()) {
      return new Unknown();
    }
    SessionState state = found.get().state();
    if (state != SessionState.RUNNING && state != SessionState.PAUSED) {
      return new NotFromHere(found.get());
    }
    boolean extended = database.transaction(transaction -> extend(transaction, actor, found.get()));
    Session now = sessions.find(id).orElse(found.get());
    return extended ? new Extended(now) : new NoMore(now);
  }

  private boolean extend(Transaction transaction, Actor actor, Session session)
      throws SQLException {
    Optional<Watched> watched = watch.one(transaction, session.id());
    if (watched.isEmpty() || isAtItsBound(watched.get())) {
      return false;
    }
    int extended =
        transaction.update(
            "UPDATE containers SET extended_at = now(), ending_at = NULL, ending_why = NULL,"
                + " ending_action = NULL WHERE id = ? AND status IN ('running', 'paused')",
            session.id());
    if (extended > 0) {
      audit.write(transaction, Act.of("extend", Act.Outcome.DONE, actor, session.subject()));
    }
    return extended > 0;
  }

  /** Whether it ends because of its lifetime, and more time would not move that. */
  private boolean isAtItsBound(Watched watched) {
    Session session = watched.session();
    Optional<Timeouts> timeouts = catalogue.find(session.type()).map(DesktopType::timeouts);
    Optional<Duration> lifetime = timeouts.flatMap(each -> each.lifetime().after());
    if (lifetime.isEmpty()
        || session.ending().filter(each -> each.why() == EndedBy.LIFETIME).isEmpty()) {
      return false;
    }
    Instant before =
        Deadline.lifetimeEnd(session, lifetime.get(), session.extendedAt(), timeouts.get());
    Instant after =
        Deadline.lifetimeEnd(session, lifetime.get(), Optional.of(watched.now()), timeouts.get());
    return !after.isAfter(before);
  }
}
