package io.berth.session.lifecycle;

import io.berth.session.audit.Actor;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Lets a running session rest: it keeps its address, its port and what it has. */
@ApplicationScoped
public class PauseSession {

  private static final Set<SessionState> THERE =
      EnumSet.of(SessionState.PAUSING, SessionState.PAUSED);

  private final AskForMove askForMove;

  PauseSession(AskForMove askForMove) {
    this.askForMove = askForMove;
  }

  /** A person does so with one of their own. */
  public Asked pause(Actor actor, UUID id) {
    return pause(actor, id, Optional.empty());
  }

  /** From running. */
  public Asked pause(Actor actor, UUID id, Optional<String> reason) {
    return askForMove.ask(actor, id, SessionState.PAUSING, THERE, reason);
  }
}
