package io.berth.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class WrkTest {

  private static final String REPORT =
      """
      Running 5s test @ http://127.0.0.1:20001/desktop/person-0000-ubuntu-vscode/small
        1 threads and 64 connections
        Thread Stats   Avg      Stdev     Max   +/- Stdev
          Latency     1.75ms    2.10ms  55.01ms   95.63%%
          Req/Sec    36.90k     4.20k   43.11k    82.00%%
        Latency Distribution
           50%%    1.30ms
           75%%    1.92ms
           90%%    2.71ms
           99%%  850.00us
        %d requests in 5.01s, %s read
      %sRequests/sec:  36837.12
      Transfer/sec:     76.45MB
      """;

  @Test
  void readsRateAndPercentilesInTheirUnits() {
    Wrk.Outcome outcome = Wrk.read(REPORT.formatted(184_554, "381.02MB", ""));

    assertThat(outcome).isEqualTo(new Wrk.Outcome(36_837.12, 1_300, 850));
  }

  @Test
  void givesNoFigureWhenAnswersWereErrors() {
    String report = REPORT.formatted(184_554, "381.02MB", "  Non-2xx or 3xx responses: 3\n");

    assertThatThrownBy(() -> Wrk.read(report))
        .isInstanceOf(WrongAnswer.class)
        .hasMessageContaining("Non-2xx");
  }

  @Test
  void givesNoFigureWhenConnectionsBroke() {
    String report =
        REPORT.formatted(
            184_554, "381.02MB", "  Socket errors: connect 0, read 5, write 0, timeout 0\n");

    assertThatThrownBy(() -> Wrk.read(report)).isInstanceOf(WrongAnswer.class);
  }

  @Test
  void givesNoFigureWhenAnswersWereTooShort() {
    String report = REPORT.formatted(184_554, "38.10MB", "");

    assertThatThrownBy(() -> Wrk.read(report))
        .isInstanceOf(WrongAnswer.class)
        .hasMessageContaining("fewer bytes");
  }
}
