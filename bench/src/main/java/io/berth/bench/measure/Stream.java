package io.berth.bench.measure;

import io.berth.bench.load.StreamLoad;
import io.berth.bench.report.Figure;
import io.berth.bench.report.Figure.Reading;
import java.util.List;

/** Frames of 65,535 bytes from the desktop, as fast as they come. */
public final class Stream implements Measure {

  static final int CONNECTIONS = 4;
  private static final Figure RATE = Figure.more("stream.rate", "WebSocket stream", "MB/s");

  @Override
  public String name() {
    return "WebSocket stream";
  }

  @Override
  public boolean appliesTo(Contender contender) {
    return true;
  }

  @Override
  public List<Reading> take(Contender contender) {
    Lab lab = contender.lab();
    return List.of(
        RATE.is(
            StreamLoad.run(lab.wire(), contender.target(), CONNECTIONS, lab.scale().phase())
                .megabytesPerSecond()));
  }
}
