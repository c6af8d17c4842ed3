package io.berth.bench.measure;

import io.berth.bench.load.RequestLoad;
import io.berth.bench.report.Figure;
import io.berth.bench.report.Figure.Reading;
import java.io.IOException;
import java.util.List;

/** Small requests in the first seconds of a process. */
public final class ColdRequests implements Measure {

  private static final Figure RATE = Figure.more("small.cold.rate", "small requests, cold", "1/s");
  private static final Figure P99 =
      Figure.less("small.cold.p99", "small requests, cold, p99", "µs");

  @Override
  public String name() {
    return "cold requests";
  }

  @Override
  public List<Reading> take(Contender contender) throws IOException {
    try (Contender fresh = contender.fresh()) {
      RequestLoad.Outcome outcome =
          RequestLoad.small(fresh.lab().wire(), fresh.target())
              .run(SmallRequests.CONNECTIONS, fresh.lab().scale().cold());
      return List.of(RATE.is(outcome.perSecond()), P99.is(outcome.latencies().micros(99)));
    }
  }
}
