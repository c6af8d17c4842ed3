package io.berth.chaos.world;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Looks again until something holds, within a bound. */
public final class Waiting {

  /** More than any recovery here may take. */
  public static final Duration LIMIT = Duration.ofSeconds(60);

  private static final Duration LOOK = Duration.ofMillis(100);

  private Waiting() {}

  /** Returns when it holds. */
  public static void until(String what, BooleanSupplier condition) {
    until(() -> what, condition);
  }

  /** The same, with the words found when the time is over. */
  public static void until(Supplier<String> what, BooleanSupplier condition) {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not within %d s: %s".formatted(LIMIT.toSeconds(), what.get()));
      }
      try {
        Thread.sleep(LOOK);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
  }
}
