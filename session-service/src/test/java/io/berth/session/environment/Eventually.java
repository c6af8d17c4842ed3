package io.berth.session.environment;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Looks again until something holds, within a bound. */
public final class Eventually {

  private static final Duration LIMIT = Duration.ofSeconds(30);

  private Eventually() {}

  /** The first value that is as it should be. */
  public static <T> T get(Supplier<T> value, Predicate<T> asItShouldBe) {
    return get(LIMIT, value, asItShouldBe);
  }

  /** As {@link #get(Supplier, Predicate)}, with another bound: for what many things share. */
  public static <T> T get(Duration limit, Supplier<T> value, Predicate<T> asItShouldBe) {
    long end = System.nanoTime() + limit.toNanos();
    T now = value.get();
    while (!asItShouldBe.test(now)) {
      if (System.nanoTime() > end) {
        throw new AssertionError("still not as it should be: " + now);
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
      now = value.get();
    }
    return now;
  }
}
