package io.berth.bench.measure;

import io.berth.bench.load.WrongAnswer;
import io.berth.bench.report.Figure.Reading;
import io.berth.bench.report.Results;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Takes every measure of every contender, round after round. Within a round the contenders follow
 * each other closely for each measure, and each round another one begins, so that what changes on
 * the machine over time falls on all.
 */
public final class Rounds {

  private final List<Measure> measures;
  private final List<Contender> contenders;
  private final Consumer<String> progress;

  public Rounds(List<Measure> measures, List<Contender> contenders, Consumer<String> progress) {
    this.measures = List.copyOf(measures);
    this.contenders = List.copyOf(contenders);
    this.progress = progress;
  }

  /** Takes so many rounds. */
  public void take(int rounds, Results results) {
    for (int round = 0; round < rounds; round++) {
      for (Measure measure : measures) {
        progress.accept("round %d of %d: %s".formatted(round + 1, rounds, measure.name()));
        for (int index : order(contenders.size(), round)) {
          if (measure.appliesTo(contenders.get(index))) {
            take(round + 1, measure, contenders.get(index), results);
          }
        }
      }
    }
  }

  /** Who comes when: each round starts one further. */
  static List<Integer> order(int size, int round) {
    return IntStream.range(0, size).mapToObj(i -> (i + round) % size).toList();
  }

  private void take(int round, Measure measure, Contender contender, Results results) {
    try {
      for (Reading reading : measure.take(contender)) {
        results.add(contender.name(), reading);
      }
    } catch (WrongAnswer | IOException | SQLException e) {
      String reason = e instanceof WrongAnswer ? String.valueOf(e.getMessage()) : e.toString();
      results.fail(new Results.Failure(round, measure.name(), contender.name(), reason));
      progress.accept(
          "FAILED: %s through %s: %s".formatted(measure.name(), contender.name(), reason));
    }
  }
}
