package io.berth.bench.measure;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Figures of a process that is left in peace, once they stand still. */
final class Settled {

  private static final Duration LOOK_EVERY = Duration.ofMillis(250);
  private static final int LOOKS = 20;
  private static final long STILL = 64 * 1_024L;

  private Settled() {}

  /** Resident memory when it changed little between two looks, or after five seconds. */
  static long residentBytes(Contender contender) {
    long last = contender.footprint().residentBytes();
    for (int look = 0; look < LOOKS; look++) {
      LockSupport.parkNanos(LOOK_EVERY.toNanos());
      long now = contender.footprint().residentBytes();
      if (Math.abs(now - last) < STILL) {
        return now;
      }
      last = now;
    }
    return last;
  }

  /** Open sockets when they are down to so many, or after five seconds. */
  static int sockets(Contender contender, int atMost) {
    int now = contender.footprint().sockets();
    for (int look = 0; look < LOOKS && now > atMost; look++) {
      LockSupport.parkNanos(LOOK_EVERY.toNanos());
      now = contender.footprint().sockets();
    }
    return now;
  }
}
