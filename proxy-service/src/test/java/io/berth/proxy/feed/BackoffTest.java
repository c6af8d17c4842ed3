package io.berth.proxy.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BackoffTest {

  private static Backoff seeded(int seed) {
    return new Backoff(Duration.ofMillis(200), Duration.ofSeconds(5), new Random(seed));
  }

  private static List<Long> pauses(Backoff backoff) {
    return Stream.generate(backoff::next).limit(10).toList();
  }

  @Test
  void pausesGrowToTheLimitAndStayThere() {
    long full = 200;
    for (long pause : pauses(seeded(1))) {
      assertThat(pause).isBetween(full / 2, full);
      full = Math.min(full * 2, 5_000);
    }
  }

  @Test
  void noTwoProxiesComeBackInStep() {
    assertThat(pauses(seeded(1))).isNotEqualTo(pauses(seeded(2)));
    assertThat(pauses(seeded(1)).subList(6, 10)).doesNotHaveDuplicates();
  }

  @Test
  void afterSuccessItBeginsAnew() {
    Backoff backoff = seeded(1);
    pauses(backoff);

    backoff.reset();

    assertThat(backoff.next()).isBetween(100L, 200L);
  }
}
