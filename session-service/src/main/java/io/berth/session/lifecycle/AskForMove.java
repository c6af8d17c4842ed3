package io.berth.session.lifecycle;

import io.berth.session.audit.Actor;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Sends a session that rests on its way; who asks twice gets the same. */
@ApplicationScoped
class AskForMove {

  private static final int ATTEMPTS = 10;

  private final Sessions sessions;
  private final SessionWork work;
  private final StepTraces traces;

  AskForMove(Sessions sessions, SessionWork work, StepTraces traces) {
    this.sessions = sessions;
    this.work = work;
    this.traces = traces;
  }

  /**
   * Moves to {@code next}.
   *
   * @param there the states in which that has been asked for already
   */
  Asked ask(
      Actor actor, UUID id, SessionState next, Set<SessionState> there, Optional<String> reason) {
    for (int i = 0; i < ATTEMPTS; i++) {
      Optional<Session> found = sessions.find(id).filter(each -> actor.mayActFor(each.ownerId()));
      if (found.isEmpty()) {
        return new Asked.Unknown();
      }
      Session session = found.get();
      if (there.contains(session.state())) {
        return new Asked.OnItsWay(session);
      }
      if (session.state().isWork() || !session.state().mayBecome(next)) {
        return new Asked.NotFromHere(session);
      }
      Optional<Session> moved = work.send(session, next, actor, reason);
      if (moved.isPresent()) {
        Boundary.ASK_WRITTEN.passed();
        Log.moved(moved.get());
        traces.askedNow(moved.get());
        return new Asked.OnItsWay(moved.get());
      }
      // Somebody moved it on in this moment: look again.
    }
    throw new IllegalStateException("session " + id + " moves on faster than it can be asked to");
  }
}
