package io.berth.session.lifecycle;

import io.berth.session.audit.Actor;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Stops a session's container and starts it again, with the same disk, home and address. */
@ApplicationScoped
public class RestartSession {

  private static final Set<SessionState> THERE = EnumSet.of(SessionState.RESTARTING);

  private final AskForMove askForMove;

  RestartSession(AskForMove askForMove) {
    this.askForMove = askForMove;
  }

  /** A person does so with one of their own. */
  public Asked restart(Actor actor, UUID id) {
    return restart(actor, id, Optional.empty());
  }

  /** From running or paused. */
  public Asked restart(Actor actor, UUID id, Optional<String> reason) {
    return askForMove.ask(actor, id, SessionState.RESTARTING, THERE, reason);
  }
}
