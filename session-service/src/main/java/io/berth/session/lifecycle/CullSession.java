package io.berth.session.lifecycle;

import io.berth.session.audit.Actor;
import io.berth.session.catalogue.EndAction;
import io.berth.session.database.Database;
import io.berth.session.database.Transaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.Optional;

/** Ends or pauses a session whose time is over. */
@ApplicationScoped
public class CullSession {

  /** Whether its time is over still, now that nobody else can change its row. */
  @FunctionalInterface
  public interface Condition {
    boolean holds(Transaction transaction) throws SQLException;
  }

  private static final Actor TIMEOUTS = Actor.system("timeouts");

  private final Database database;
  private final SessionWork work;
  private final LaunchMeters meters;

  CullSession(Database database, SessionWork work, LaunchMeters meters) {
    this.meters = meters;
    this.database = database;
    this.work = work;
  }

  /** Of many replicas that find the same, one does it; nothing for the others. */
  public Optional<Session> cull(Session session, AnnouncedEnd end, String why, Condition stillDue) {
    Optional<Session> culled =
        database.transaction(transaction -> {
          boolean free =
              transaction
                  .first(
                      "SELECT 1 FROM containers WHERE id = ? AND status = ? FOR UPDATE SKIP LOCKED",
                      row -> true,
                      session.id(),
                      session.state().word())
                  .isPresent();
          if (!free || !stillDue.holds(transaction)) {
            return Optional.<Session>empty();
          }
          return end.action() == EndAction.STOP
              ? work.stop(
                  transaction,
                  session,
                  new Ending(SessionState.STOPPED, end.why(), TIMEOUTS, Optional.of(why)))
              : work.send(transaction, session, SessionState.PAUSING, TIMEOUTS, Optional.of(why));
        });
    culled.ifPresent(moved -> {
      Log.moved(moved);
      meters.culled(end);
    });
    return culled;
  }
}
