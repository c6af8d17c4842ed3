package io.berth.session.lifecycle;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A worker's claim on a session, until it is given back, lost, or taken away by a stop. */
final class Lease {

  /** The claim is gone: the worker must not go on. */
  static final class Lost extends RuntimeException {

    private static final long serialVersionUID = 1;

    Lost(UUID sessionId) {
      super("the lease on " + sessionId + " is gone", null, false, false);
    }
  }

  private final UUID sessionId;
  private final String holder;
  private final CountDownLatch cancelled = new CountDownLatch(1);
  private volatile SessionState at = SessionState.REQUESTED;

  Lease(UUID sessionId, String holder) {
    this.sessionId = sessionId;
    this.holder = holder;
  }

  String holder() {
    return holder;
  }

  /** Remembers what the worker works on now. */
  void at(SessionState state) {
    at = state;
  }

  /** Takes the claim away from whoever still brings the session up. */
  void cancelUnlessStopping() {
    if (at != SessionState.STOPPING) {
      cancel();
    }
  }

  void cancel() {
    cancelled.countDown();
  }

  boolean isHeld() {
    return cancelled.getCount() > 0;
  }

  void requireHeld() {
    if (!isHeld()) {
      throw new Lost(sessionId);
    }
  }

  /** Waits a while, or throws {@link Lost} as soon as the claim is gone. */
  void pause(Duration duration) throws InterruptedException {
    if (cancelled.await(duration.toNanos(), TimeUnit.NANOSECONDS)) {
      throw new Lost(sessionId);
    }
  }
}
