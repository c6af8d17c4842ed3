package io.berth.bench.measure;

import io.berth.bench.load.RequestLoad;
import io.berth.bench.report.Figure;
import io.berth.bench.report.Figure.Reading;
import java.util.List;

/** Answers of 1 MiB over keep-alive connections. */
public final class Downloads implements Measure {

  static final int CONNECTIONS = 8;
  private static final Figure RATE = Figure.more("download.rate", "1 MiB downloads", "MB/s");

  @Override
  public String name() {
    return "1 MiB downloads";
  }

  @Override
  public boolean appliesTo(Contender contender) {
    return true;
  }

  @Override
  public List<Reading> take(Contender contender) {
    return List.of(
        RATE.is(
            RequestLoad.large(contender.lab().wire(), contender.target())
                .run(CONNECTIONS, contender.lab().scale().phase())
                .megabytesPerSecond()));
  }
}
