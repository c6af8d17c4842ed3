package io.berth.session.lifecycle;

import io.berth.session.audit.Act;
import io.berth.session.audit.Act.Outcome;
import io.berth.session.audit.Actor;
import java.util.Optional;

/** What is written down of a session's moves. */
final class Acts {

  private static final Actor WORKERS = Actor.system("workers");

  private Acts() {}

  static Act launch(Session session) {
    return Act.of("launch", Outcome.ASKED, owner(session), subject(session));
  }

  static Act refusedLaunch(Owner owner, String type, StartSession.Refused refused) {
    Act.Subject subject = Act.Subject.of(owner.id(), owner.slug().value(), type);
    return Act.of(
            "launch", Outcome.REFUSED, Actor.person(owner.id(), owner.slug().value()), subject)
        .because(Optional.of(refused.getClass().getSimpleName()));
  }

  /** Somebody asks a resting session to move. */
  static Act asked(Session session, Actor actor) {
    return Act.of(session.doing(), Outcome.ASKED, actor, subject(session))
        .because(session.reason());
  }

  /** It is there: what was asked for last is done. */
  static Act done(Session session) {
    return Act.of(session.doing(), Outcome.DONE, WORKERS, subject(session));
  }

  /** It is sent to its end. */
  static Act ending(Session session, Ending ending) {
    boolean fails = ending.as() == SessionState.FAILED;
    return Act.of(
            fails ? "fail" : "stop",
            fails ? Outcome.FAILED : Outcome.ASKED,
            ending.actor(),
            subject(session))
        .because(ending.reason());
  }

  static Act ended(Session session) {
    return Act.of("stop", Outcome.DONE, WORKERS, subject(session)).because(session.reason());
  }

  static Actor owner(Session session) {
    return Actor.person(session.ownerId(), session.ownerSlug().value());
  }

  static Act.Subject subject(Session session) {
    return session.subject();
  }
}
