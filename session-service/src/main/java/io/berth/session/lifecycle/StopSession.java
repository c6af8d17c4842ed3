package io.berth.session.lifecycle;

import io.berth.session.audit.Actor;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;

/** Ends a session, however far it is. */
@ApplicationScoped
public class StopSession {

  /** What becomes of the session. */
  public sealed interface Result {}

  /** It is on its way out. */
  public record Stopping(Session session) implements Result {}

  /** It had ended before. */
  public record AlreadyEnded(Session session) implements Result {}

  /** The actor has no such session, whoever else may have it. */
  public record Unknown() implements Result {}

  private static final int ATTEMPTS = 10;

  private final Sessions sessions;
  private final SessionWork work;
  private final StepTraces traces;

  StopSession(Sessions sessions, SessionWork work, StepTraces traces) {
    this.sessions = sessions;
    this.work = work;
    this.traces = traces;
  }

  /** A person ends one of their own. */
  public Result stop(Actor actor, UUID id) {
    return stop(actor, id, Optional.empty());
  }

  /** Stopping again is the same; the first reason stays. */
  public Result stop(Actor actor, UUID id, Optional<String> reason) {
    for (int i = 0; i < ATTEMPTS; i++) {
      Optional<Session> session =
          sessions.find(id).filter(found -> actor.mayActFor(found.ownerId()));
      if (session.isEmpty()) {
        return new Unknown();
      }
      if (!session.get().state().isLive()) {
        return new AlreadyEnded(session.get());
      }
      if (session.get().state() == SessionState.STOPPING) {
        return new Stopping(session.get());
      }
      Optional<Session> stopping = work.stop(session.get(), Ending.wished(actor, reason));
      if (stopping.isPresent()) {
        Boundary.STOP_WRITTEN.passed();
        Log.moved(stopping.get());
        traces.askedNow(stopping.get());
        return new Stopping(stopping.get());
      }
      // A worker moved it on in this moment: look again.
    }
    throw new IllegalStateException("session " + id + " moves on faster than it can be stopped");
  }
}
