package io.berth.session.lifecycle;

import io.berth.session.audit.Actor;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;

/** Lets a paused session go on. */
@ApplicationScoped
public class ResumeSession {

  private static final Set<SessionState> THERE =
      EnumSet.of(SessionState.RESUMING, SessionState.STARTING, SessionState.RUNNING);

  private final AskForMove askForMove;

  ResumeSession(AskForMove askForMove) {
    this.askForMove = askForMove;
  }

  /** From paused. */
  public Asked resume(Actor actor, UUID id) {
    return askForMove.ask(actor, id, SessionState.RESUMING, THERE);
  }
}
