package io.berth.session.lifecycle;

import io.berth.session.audit.Actor;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumSet;
import java.util.Optional;
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

  /** A person does so with one of their own. */
  public Asked resume(Actor actor, UUID id) {
    return resume(actor, id, Optional.empty());
  }

  /** From paused. */
  public Asked resume(Actor actor, UUID id, Optional<String> reason) {
    return askForMove.ask(actor, id, SessionState.RESUMING, THERE, reason);
  }
}
