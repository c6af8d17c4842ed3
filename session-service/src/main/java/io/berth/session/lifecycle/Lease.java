package io.berth.session.lifecycle;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A worker's claim on a session, until it is given back, lost, or taken away by a stop. It knows by
 * this machine's own clock when it may have run out: a process that stood still for a while must
 * not go on as if nothing had happened.
 */
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
  private volatile long end;

  /**
   * @param holder unlike that of any other claim, also of this process on this session
   * @param end by {@link System#nanoTime}
   */
  Lease(UUID sessionId, String holder, long end) {
    this.sessionId = sessionId;
    this.holder = holder;
    this.end = end;
  }

  /** A claim that ends only by another's, for steps taken by hand. */
  Lease(UUID sessionId, String holder) {
    this(sessionId, holder, Long.MAX_VALUE + System.nanoTime());
  }

  UUID sessionId() {
    return sessionId;
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

  void renewed(long until) {
    end = until;
  }

  boolean isHeld() {
    return cancelled.getCount() > 0 && end - System.nanoTime() > 0;
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
    requireHeld();
  }
}
