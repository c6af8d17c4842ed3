package io.berth.e2e;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what happens by itself, with a deadline. */
final class Eventually {

  private Eventually() {}

  static void that(String expectation, Duration limit, BooleanSupplier condition) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not within " + limit + ": " + expectation);
      }
      LockSupport.parkNanos(Duration.ofMillis(250).toNanos());
    }
  }
}
