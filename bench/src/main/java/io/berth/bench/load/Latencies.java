package io.berth.bench.load;

import java.util.Arrays;

/** How long each exchange took: every one is kept, so percentiles are exact. */
public final class Latencies {

  private static final int MOST = 1 << 23;

  private long[] nanos = new long[1 << 12];
  private int count;
  private boolean sorted;

  /** Adds one; beyond eight million it fails, no figure is made of a part. */
  public void add(long duration) {
    if (count == nanos.length) {
      if (count == MOST) {
        throw new IllegalStateException("more than " + MOST + " exchanges in one phase");
      }
      nanos = Arrays.copyOf(nanos, 2 * count);
    }
    nanos[count++] = duration;
    sorted = false;
  }

  public int count() {
    return count;
  }

  /**
   * The nearest-rank percentile, in microseconds: the smallest that at least this share of all did
   * not exceed.
   *
   * @param percent above 0, at most 100
   */
  public double micros(double percent) {
    if (count == 0 || percent <= 0 || percent > 100) {
      throw new IllegalArgumentException("percentile " + percent + " of " + count);
    }
    if (!sorted) {
      Arrays.sort(nanos, 0, count);
      sorted = true;
    }
    int rank = (int) Math.ceil(percent / 100 * count - 1e-9);
    return nanos[Math.max(rank, 1) - 1] / 1_000.0;
  }
}
