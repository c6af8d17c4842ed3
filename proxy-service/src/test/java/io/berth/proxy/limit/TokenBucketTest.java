package io.berth.proxy.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenBucketTest {

  private static final long SECOND = Duration.ofSeconds(1).toNanos();
  private static final Rate TEN_PER_SECOND = Rate.of(10, Duration.ofSeconds(1), 3);

  private static int taken(TokenBucket bucket, long now, int tries) {
    int taken = 0;
    for (int i = 0; i < tries; i++) {
      if (bucket.take(now) == 0) {
        taken++;
      }
    }
    return taken;
  }

  @Test
  void aBurstIsGivenAndNoMore() {
    assertThat(taken(new TokenBucket(TEN_PER_SECOND, 0), 0, 100)).isEqualTo(3);
  }

  @Test
  void overTimeTheRateIsGivenAndNoMore() {
    TokenBucket bucket = new TokenBucket(TEN_PER_SECOND, 0);
    int taken = 0;

    for (long now = 0; now < 10 * SECOND; now += SECOND / 1_000) {
      taken += taken(bucket, now, 1);
    }

    assertThat(taken).isEqualTo(3 + 99);
  }

  @Test
  void whatIsSavedUpIsABurstAtMost() {
    TokenBucket bucket = new TokenBucket(TEN_PER_SECOND, 0);
    taken(bucket, 0, 100);

    assertThat(taken(bucket, 3_600 * SECOND, 100)).isEqualTo(3);
  }

  @Test
  void theWaitItTellsIsTheWaitThatHelps() {
    TokenBucket bucket = new TokenBucket(TEN_PER_SECOND, 0);
    taken(bucket, 0, 3);

    long wait = bucket.take(0);

    assertThat(wait).isEqualTo(SECOND / 10);
    assertThat(bucket.take(wait - 1)).isEqualTo(1);
    assertThat(bucket.take(wait)).isZero();
  }

  @Test
  void askingTakesNothing() {
    TokenBucket bucket = new TokenBucket(TEN_PER_SECOND, 0);

    for (int i = 0; i < 10; i++) {
      assertThat(bucket.ask(0)).isZero();
    }

    assertThat(taken(bucket, 0, 100)).isEqualTo(3);
    assertThat(bucket.ask(0)).isEqualTo(SECOND / 10);
  }

  @ParameterizedTest
  @ValueSource(longs = {Long.MIN_VALUE, -5, 0, Long.MAX_VALUE - 7})
  void theClockMayBeginAnywhereAndWrapRound(long start) {
    TokenBucket bucket = new TokenBucket(TEN_PER_SECOND, start);

    assertThat(taken(bucket, start, 100)).isEqualTo(3);
    assertThat(taken(bucket, start + SECOND / 10, 100)).isEqualTo(1);
    assertThat(bucket.full(start + SECOND / 10)).isFalse();
    assertThat(bucket.full(start + SECOND)).isTrue();
  }

  @Test
  void aRateOfNothingIsNoLimit() {
    TokenBucket bucket = new TokenBucket(Rate.of(0, Duration.ofSeconds(1), 0), 0);

    assertThat(taken(bucket, 0, 10_000)).isEqualTo(10_000);
  }
}
