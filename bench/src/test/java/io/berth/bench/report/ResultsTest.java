package io.berth.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ResultsTest {

  private static final Figure RATE = Figure.more("rate", "requests", "1/s");

  private final Results results = new Results(List.of("nginx", "berth"));

  @Test
  void theMedianIsTheMiddleWhateverTheOrder() {
    List.of(30.0, 10.0, 1_000.0).forEach(value -> results.add("nginx", RATE.is(value)));

    assertThat(results.median(RATE, "nginx")).hasValue(30);
    assertThat(results.rounds(RATE, "nginx")).containsExactly(30.0, 10.0, 1_000.0);
  }

  @Test
  void theMedianOfAnEvenNumberIsBetweenTheTwoInTheMiddle() {
    assertThat(Results.median(List.of(4.0, 1.0, 3.0, 2.0))).hasValue(2.5);
    assertThat(Results.median(List.of())).isEmpty();
  }

  @Test
  void aRatioDividesMedians() {
    List.of(10.0, 20.0, 30.0).forEach(value -> results.add("nginx", RATE.is(value)));
    results.add("berth", RATE.is(25));

    assertThat(results.ratio(RATE, "berth", "nginx")).hasValue(1.25);
  }

  @Test
  void thereIsNoRatioToNothingOrToZero() {
    results.add("berth", RATE.is(25));
    assertThat(results.ratio(RATE, "berth", "nginx")).isEmpty();

    results.add("nginx", RATE.is(0));

    assertThat(results.ratio(RATE, "berth", "nginx")).isEmpty();
  }
}
