package io.berth.bench.measure;

import io.berth.bench.report.Figure;
import io.berth.bench.report.Figure.Reading;
import java.io.IOException;
import java.util.List;

/** From the start of a process to its first right answer. */
public final class TimeToReady implements Measure {

  private static final Figure READY = Figure.less("start.ready", "start to first answer", "ms");

  @Override
  public String name() {
    return "time to ready";
  }

  @Override
  public List<Reading> take(Contender contender) throws IOException {
    try (Contender fresh = contender.fresh()) {
      return List.of(READY.is(fresh.millisToReady()));
    }
  }
}
