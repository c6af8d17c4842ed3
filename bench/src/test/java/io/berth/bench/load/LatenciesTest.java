package io.berth.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LatenciesTest {

  @Test
  void percentilesAreTheNearestRank() {
    Latencies latencies = of(LongStream.rangeClosed(1, 1_000).map(i -> 1_001 - i));

    assertThat(latencies.micros(50)).isEqualTo(500);
    assertThat(latencies.micros(99)).isEqualTo(990);
    assertThat(latencies.micros(99.9)).isEqualTo(999);
    assertThat(latencies.micros(100)).isEqualTo(1_000);
  }

  @Test
  void theOnlyOneIsEveryPercentile() {
    Latencies latencies = of(LongStream.of(7));

    assertThat(latencies.micros(0.1)).isEqualTo(7);
    assertThat(latencies.micros(99.9)).isEqualTo(7);
  }

  @Test
  void oneSlowOfAHundredIsBeyondP99() {
    Latencies latencies = of(LongStream.range(0, 100).map(i -> i == 40 ? 9_000 : 10));

    assertThat(latencies.micros(99)).isEqualTo(10);
    assertThat(latencies.micros(99.9)).isEqualTo(9_000);
  }

  @Test
  void whatIsAddedAfterALookCountsToo() {
    Latencies latencies = of(LongStream.of(5, 6));
    assertThat(latencies.micros(100)).isEqualTo(6);

    latencies.add(1_000);

    assertThat(latencies.micros(50)).isEqualTo(5);
    assertThat(latencies.micros(1)).isEqualTo(1);
  }

  @Test
  void nothingHasNoPercentile() {
    assertThatThrownBy(() -> new Latencies().micros(50))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Latencies of(LongStream micros) {
    Latencies latencies = new Latencies();
    micros.forEach(value -> latencies.add(value * 1_000));
    return latencies;
  }
}
