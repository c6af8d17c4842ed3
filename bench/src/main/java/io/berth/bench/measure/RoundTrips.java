package io.berth.bench.measure;

import io.berth.bench.load.Latencies;
import io.berth.bench.load.RoundTripLoad;
import io.berth.bench.report.Figure;
import io.berth.bench.report.Figure.Reading;
import java.util.List;

/** Frames of 64 bytes there and back on 32 WebSockets: how a desktop feels. */
public final class RoundTrips implements Measure {

  static final int CONNECTIONS = 32;
  private static final Figure RATE = Figure.more("echo.rate", "WebSocket round trips", "1/s");
  private static final Figure P50 = Figure.less("echo.p50", "WebSocket round trips, p50", "µs");
  private static final Figure P99 = Figure.less("echo.p99", "WebSocket round trips, p99", "µs");
  private static final Figure P999 = Figure.less("echo.p999", "WebSocket round trips, p99.9", "µs");

  @Override
  public String name() {
    return "WebSocket round trips";
  }

  @Override
  public boolean appliesTo(Contender contender) {
    return true;
  }

  @Override
  public List<Reading> take(Contender contender) {
    Lab lab = contender.lab();
    RoundTripLoad.Outcome outcome =
        RoundTripLoad.run(lab.wire(), contender.target(), CONNECTIONS, lab.scale().phase());
    Latencies latencies = outcome.latencies();
    return List.of(
        RATE.is(outcome.perSecond()),
        P50.is(latencies.micros(50)),
        P99.is(latencies.micros(99)),
        P999.is(latencies.micros(99.9)));
  }
}
