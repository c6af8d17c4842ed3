package io.berth.session.lifecycle;

import io.berth.session.audit.Actor;
import java.util.Optional;

/**
 * How a session is to end, and why.
 *
 * @param as {@code STOPPED} or {@code FAILED}
 * @param actor who did it
 * @param reason for people, nothing if they know
 */
record Ending(SessionState as, EndedBy by, Actor actor, Optional<String> reason) {

  private static final Actor LAUNCH = Actor.system("launch");
  private static final Actor RECONCILER = Actor.system("reconciler");

  /** Somebody wants it to end. */
  static Ending wished(Actor actor, Optional<String> reason) {
    EndedBy by =
        switch (actor.kind()) {
          case PERSON -> EndedBy.PERSON;
          case ADMIN -> EndedBy.ADMIN;
          case SYSTEM -> EndedBy.SYSTEM;
        };
    return new Ending(SessionState.STOPPED, by, actor, reason);
  }

  /** A step can't work out. */
  static Ending failed(String reason) {
    return new Ending(SessionState.FAILED, EndedBy.SYSTEM, LAUNCH, Optional.of(reason));
  }

  /** The desktop ended or vanished by itself. */
  static Ending crashed(String reason) {
    return new Ending(SessionState.FAILED, EndedBy.CRASH, RECONCILER, Optional.of(reason));
  }

  /** Its person shut it down from inside. */
  static Ending shutDownInside(Session session) {
    return new Ending(
        SessionState.STOPPED,
        EndedBy.PERSON,
        Actor.person(session.ownerId(), session.ownerSlug().value()),
        Optional.of("It was shut down from inside."));
  }
}
