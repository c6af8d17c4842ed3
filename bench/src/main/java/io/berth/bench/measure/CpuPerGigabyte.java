package io.berth.bench.measure;

import io.berth.bench.load.RequestLoad;
import io.berth.bench.load.StreamLoad;
import io.berth.bench.report.Figure;
import io.berth.bench.report.Figure.Reading;
import java.util.List;

/** User and system time of the proxy's processes for what they relay. */
public final class CpuPerGigabyte implements Measure {

  private static final Figure STREAM =
      Figure.less("cpu.stream", "CPU per GB of WebSocket stream", "s");
  private static final Figure DOWNLOAD =
      Figure.less("cpu.download", "CPU per GB of downloads", "s");

  @Override
  public String name() {
    return "CPU per GB";
  }

  @Override
  public List<Reading> take(Contender contender) {
    Lab lab = contender.lab();
    double before = contender.footprint().cpuSeconds();
    double streamed =
        StreamLoad.run(lab.wire(), contender.target(), Stream.CONNECTIONS, lab.scale().phase())
            .megabytes();
    double between = contender.footprint().cpuSeconds();
    double downloaded =
        RequestLoad.large(lab.wire(), contender.target())
            .run(Downloads.CONNECTIONS, lab.scale().phase())
            .megabytes();
    double after = contender.footprint().cpuSeconds();
    return List.of(
        STREAM.is((between - before) / streamed * 1_000),
        DOWNLOAD.is((after - between) / downloaded * 1_000));
  }
}
