package io.berth.e2e;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what happens by itself, with a deadline. */
final class Eventually {

  private Eventually() {}

  static void that(String expectation, Duration limit, BooleanSupplier condition) {
    if (!is(limit, condition)) {
      throw new AssertionError("not within " + limit + ": " + expectation);
    }
  }

  /** Whether it happens in time. */
  static boolean is(Duration limit, BooleanSupplier condition) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      LockSupport.parkNanos(Duration.ofMillis(250).toNanos());
    }
    return true;
  }
}
