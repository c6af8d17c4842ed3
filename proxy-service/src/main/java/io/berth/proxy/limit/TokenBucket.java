package io.berth.proxy.limit;

import java.util.concurrent.atomic.AtomicLongFieldUpdater;

/**
 * A token bucket in one number: the time at which it would be full again (the generic cell rate
 * algorithm of ITU-T I.371). Taking a token moves that time on by one interval. Safe from any
 * thread, nothing is allocated, and a bucket that nobody uses needs no care.
 */
final class TokenBucket {

  private static final AtomicLongFieldUpdater<TokenBucket> FULL_AT =
      AtomicLongFieldUpdater.newUpdater(TokenBucket.class, "fullAt");

  private final Rate rate;
  private volatile long fullAt;

  /**
   * A full bucket.
   *
   * @param now as {@link System#nanoTime()} tells, here and below
   */
  TokenBucket(Rate rate, long now) {
    this.rate = rate;
    this.fullAt = now;
  }

  /** Takes a token: 0, or the nanoseconds until there is one. */
  long take(long now) {
    if (rate.everyNanos() == 0) {
      return 0;
    }
    while (true) {
      long full = fullAt;
      long ahead = Math.max(full - now, 0);
      if (ahead > rate.tolerance()) {
        return ahead - rate.tolerance();
      }
      if (FULL_AT.compareAndSet(this, full, now + ahead + rate.everyNanos())) {
        return 0;
      }
    }
  }

  /** What {@link #take} would say, and nothing is taken. */
  long ask(long now) {
    return rate.everyNanos() == 0 ? 0 : Math.max(fullAt - now - rate.tolerance(), 0);
  }

  /** Whether it has all its tokens. */
  boolean full(long now) {
    return fullAt - now <= 0;
  }
}
