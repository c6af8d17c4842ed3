package io.berth.proxy.edge;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what must come, within a deadline. */
final class Eventually {

  private Eventually() {}

  static void eventually(String what, Duration limit, BooleanSupplier condition) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not within " + limit + ": " + what);
      }
      LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
    }
  }

  static void eventually(String what, BooleanSupplier condition) {
    eventually(what, Duration.ofSeconds(10), condition);
  }
}
