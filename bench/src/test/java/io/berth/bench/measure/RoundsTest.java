package io.berth.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.bench.load.Visitor;
import io.berth.bench.load.Wire;
import io.berth.bench.load.WrongAnswer;
import io.berth.bench.peer.Direct;
import io.berth.bench.peer.Site;
import io.berth.bench.process.Children;
import io.berth.bench.process.FreePorts;
import io.berth.bench.report.Figure;
import io.berth.bench.report.Figure.Reading;
import io.berth.bench.report.Results;
import io.berth.bench.upstream.Upstream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class RoundsTest {

  private static final Scale BRIEF =
      new Scale(
          Duration.ofMillis(200), Duration.ofMillis(200), Duration.ofMillis(200), 20, 40, 2, 20);

  @TempDir private Path folder;

  @Test
  void eachRoundAnotherOneBegins() {
    assertThat(IntStream.range(0, 4).mapToObj(round -> Rounds.order(3, round)))
        .containsExactly(List.of(0, 1, 2), List.of(1, 2, 0), List.of(2, 0, 1), List.of(0, 1, 2));
  }

  @Test
  void aMeasureIsTakenOfAllBeforeTheNextOneBegins() throws IOException {
    List<String> taken = new ArrayList<>();
    withDirect(contender ->
        new Rounds(
                List.of(noting("a", taken), noting("b", taken)),
                List.of(contender, contender),
                _ -> {})
            .take(2, new Results(List.of("direct"))));

    assertThat(taken).containsExactly("a", "a", "b", "b", "a", "a", "b", "b");
  }

  @Test
  void aWrongAnswerIsAFailureAndNoFigure() throws IOException {
    Results results = new Results(List.of("direct"));
    Measure failing =
        new Measure() {
          @Override
          public String name() {
            return "failing";
          }

          @Override
          public boolean appliesTo(Contender contender) {
            return true;
          }

          @Override
          public List<Reading> take(Contender contender) {
            throw new WrongAnswer("a body of other bytes");
          }
        };

    withDirect(
        contender -> new Rounds(List.of(failing), List.of(contender), _ -> {}).take(1, results));

    assertThat(results.figures()).isEmpty();
    assertThat(results.failures())
        .containsExactly(new Results.Failure(1, "failing", "direct", "a body of other bytes"));
  }

  @Test
  void directTrafficIsMeasuredWithNothingInstalled() throws IOException {
    Results results = new Results(List.of("direct"));
    List<Measure> all =
        List.of(
            new SmallRequests(Optional.empty()),
            new Downloads(),
            new RoundTrips(),
            new Stream(),
            new CpuPerGigabyte(),
            new IdleTunnelMemory(),
            new KilledTunnels(),
            new TimeToReady(),
            new ColdRequests());

    withDirect(contender -> {
      WarmUp.of(contender);
      new Rounds(all, List.of(contender), _ -> {}).take(1, results);
    });

    assertThat(results.failures()).isEmpty();
    assertThat(results.figures())
        .extracting(Figure::key)
        .containsExactly(
            "small.rate",
            "small.p50",
            "small.p99",
            "download.rate",
            "echo.rate",
            "echo.p50",
            "echo.p99",
            "echo.p999",
            "stream.rate");
    assertThat(results.figures())
        .allSatisfy(figure -> assertThat(results.median(figure, "direct").orElse(0)).isPositive());
  }

  private void withDirect(Consumer<Contender> use) throws IOException {
    int port = FreePorts.one();
    try (Children children = new Children();
        Upstream _ = new Upstream(port, 1);
        Wire wire = new Wire()) {
      Lab lab =
          new Lab(
              wire,
              "127.0.0.1:" + port,
              List.of(new Visitor("alice-ubuntu-vscode", "token")),
              children,
              BRIEF);
      use.accept(Contender.start(lab, new Direct(new Site(port, folder, children))));
    }
  }

  private static Measure noting(String name, List<String> taken) {
    return new Measure() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public boolean appliesTo(Contender contender) {
        return true;
      }

      @Override
      public List<Reading> take(Contender contender) {
        taken.add(name);
        return List.of();
      }
    };
  }
}
