package io.berth.proxy.limit;

import java.time.Duration;

/**
 * How often something may happen.
 *
 * @param everyNanos time in which one more is earned; 0 is no limit
 * @param burst how many may be saved up
 */
record Rate(long everyNanos, long burst) {

  /** So many in a time, and {@code burst} at once after a pause; 0 is no limit. */
  static Rate of(int count, Duration time, int burst) {
    return count <= 0 ? new Rate(0, 0) : new Rate(time.toNanos() / count, Math.max(burst, 1));
  }

  /** How far ahead of the clock a bucket may be and still give one more. */
  long tolerance() {
    return (burst - 1) * everyNanos;
  }
}
