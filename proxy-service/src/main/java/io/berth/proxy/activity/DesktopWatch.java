package io.berth.proxy.activity;

import io.berth.common.DesktopActivity;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** When one desktop's person was last seen here. Event loops write it, the report reads it. */
public final class DesktopWatch {

  private static final long NEVER = Long.MIN_VALUE;

  private final long generation;
  private final LongSupplier clock;
  private final AtomicInteger connected = new AtomicInteger();
  private volatile long input = NEVER;
  private volatile long http = NEVER;
  private volatile long message = NEVER;

  DesktopWatch(long generation, LongSupplier clock) {
    this.generation = generation;
    this.clock = clock;
  }

  /** A WebSocket was opened. */
  public void opened() {
    connected.incrementAndGet();
  }

  /** A WebSocket was closed. */
  public void closed() {
    connected.decrementAndGet();
  }

  /** A key or the pointer. */
  public void input() {
    input = now();
  }

  /** An HTTP request. */
  public void http() {
    http = now();
  }

  /** Another WebSocket message, too large for a mere sign of life. */
  public void message() {
    message = now();
  }

  private long now() {
    long now = clock.getAsLong();
    return now == NEVER ? now + 1 : now;
  }

  /** What to tell of it now. */
  DesktopActivity.Seen seen() {
    long now = clock.getAsLong();
    return new DesktopActivity.Seen(
        generation, connected.get(), age(input, now), age(http, now), age(message, now));
  }

  private static @Nullable Duration age(long at, long now) {
    return at == NEVER ? null : Duration.ofNanos(Math.max(0, now - at));
  }
}
