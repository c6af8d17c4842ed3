package io.berth.session.lifecycle;

/**
 * What brings a session out of one state. It may run again after a crash at any of its lines, so it
 * finds what it did before instead of doing it twice.
 */
interface Step {

  /** What becomes of the session. */
  sealed interface Next {}

  /** On to the next state. */
  record MoveTo(SessionState state) implements Next {}

  /** It can't work out: what there is goes, and the person reads the reason. */
  record Fail(String reason) implements Next {}

  /** The desktop has ended or vanished: what is left goes, and the person reads the reason. */
  record Crashed(String reason) implements Next {}

  /** It is over, and its container is gone. */
  record Ended() implements Next {}

  Next run(Session session, Lease lease) throws InterruptedException;
}
