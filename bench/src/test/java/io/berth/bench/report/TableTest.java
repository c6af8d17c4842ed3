package io.berth.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableTest {

  private static final Figure RATE = Figure.more("rate", "requests", "1/s");
  private static final Figure DELAY = Figure.less("delay", "requests, p99", "µs");

  @Test
  void showsMediansThenRatiosThenFailures() {
    Results results = results();
    results.fail(new Results.Failure(2, "stream", "nginx", "a frame that ends with other bytes"));

    assertThat(Table.of(results, "berth").lines().map(String::stripTrailing))
        .containsExactly(
            "median of the rounds  unit  direct   nginx   berth",
            "requests              1/s   78,600  33,200  39,840",
            "requests, p99         µs         -    12.5    25.0",
            "",
            "ratios         better  berth/direct  berth/nginx",
            "requests       > 1             0.51         1.20",
            "requests, p99  < 1                -         2.00",
            "",
            "FAILED: stream through nginx, round 2: a frame that ends with other bytes");
  }

  @Test
  void showsNoRatiosWithoutUs() {
    Results results = new Results(List.of("direct", "nginx"));
    results.add("nginx", RATE.is(1));

    assertThat(Table.of(results, "berth")).doesNotContain("ratio");
  }

  @Test
  void numbersHaveThreeDigitsThatMeanSomething() {
    assertThat(Table.number(OptionalDouble.of(1_234_567.8))).isEqualTo("1,234,568");
    assertThat(Table.number(OptionalDouble.of(12.34))).isEqualTo("12.3");
    assertThat(Table.number(OptionalDouble.of(-0.456))).isEqualTo("-0.46");
    assertThat(Table.number(OptionalDouble.of(0))).isEqualTo("0");
    assertThat(Table.number(OptionalDouble.empty())).isEqualTo("-");
  }

  @Test
  void theFileHasEveryRoundAndItsSurroundings(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("new/bench.json");

    JsonReport.write(file, Map.of("machine", Machine.described()), results(), "berth");

    JsonNode report = new ObjectMapper().readTree(file.toFile());
    assertThat(report.at("/machine/cpus").asInt()).isPositive();
    assertThat(report.at("/machine/kernel").asText()).isNotBlank();
    JsonNode rate = report.at("/figures/0");
    assertThat(rate.at("/key").asText()).isEqualTo("rate");
    assertThat(rate.at("/rounds/nginx").size()).isEqualTo(3);
    assertThat(rate.at("/medians/nginx").asDouble()).isEqualTo(33_200);
    assertThat(rate.at("/ratiosOfBerth/nginx").asDouble()).isEqualTo(1.2);
    assertThat(report.at("/failures").size()).isZero();
  }

  private static Results results() {
    Results results = new Results(List.of("direct", "nginx", "berth"));
    results.add("direct", RATE.is(78_600));
    List.of(33_200.0, 30_000.0, 40_000.0).forEach(value -> results.add("nginx", RATE.is(value)));
    results.add("berth", RATE.is(39_840));
    results.add("nginx", DELAY.is(12.5));
    results.add("berth", DELAY.is(25));
    return results;
  }
}
