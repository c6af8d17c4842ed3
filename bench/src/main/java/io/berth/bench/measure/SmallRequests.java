package io.berth.bench.measure;

import io.berth.bench.load.Latencies;
import io.berth.bench.load.RequestLoad;
import io.berth.bench.load.Wrk;
import io.berth.bench.report.Figure;
import io.berth.bench.report.Figure.Reading;
import java.util.List;
import java.util.Optional;

/** Answers of 2 KB over keep-alive connections, of a process that is warm. */
public final class SmallRequests implements Measure {

  static final int CONNECTIONS = 64;
  private static final Figure RATE = Figure.more("small.rate", "small requests, warm", "1/s");
  private static final Figure P50 = Figure.less("small.p50", "small requests, p50", "µs");
  private static final Figure P99 = Figure.less("small.p99", "small requests, p99", "µs");

  private final Optional<Wrk> wrk;

  /** With wrk if there is one, else with our own load. */
  public SmallRequests(Optional<Wrk> wrk) {
    this.wrk = wrk;
  }

  @Override
  public String name() {
    return "small requests";
  }

  @Override
  public boolean appliesTo(Contender contender) {
    return true;
  }

  @Override
  public List<Reading> take(Contender contender) {
    Scale scale = contender.lab().scale();
    if (wrk.isPresent()) {
      Wrk.Outcome outcome = wrk.get().small(contender.target(), CONNECTIONS, scale.phase());
      return List.of(
          RATE.is(outcome.perSecond()), P50.is(outcome.p50Micros()), P99.is(outcome.p99Micros()));
    }
    RequestLoad.Outcome outcome =
        RequestLoad.small(contender.lab().wire(), contender.target())
            .run(CONNECTIONS, scale.phase());
    Latencies latencies = outcome.latencies();
    return List.of(
        RATE.is(outcome.perSecond()), P50.is(latencies.micros(50)), P99.is(latencies.micros(99)));
  }
}
