package io.berth.proxy.feed;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Pauses between attempts: each twice as long as the one before, up to a limit, and between half
 * and all of that by chance, so that many proxies don't come back in the same moment.
 */
final class Backoff {

  private final long first;
  private final long longest;
  private final RandomGenerator chance;
  private long next;

  Backoff(Duration first, Duration longest, RandomGenerator chance) {
    this.first = Math.max(2, first.toMillis());
    this.longest = Math.max(this.first, longest.toMillis());
    this.chance = chance;
    this.next = this.first;
  }

  /** Milliseconds to wait before the next attempt. */
  long next() {
    long full = next;
    next = Math.min(full * 2, longest);
    return chance.nextLong(full / 2, full + 1);
  }

  /** The next attempt comes soon again. */
  void reset() {
    next = first;
  }
}
