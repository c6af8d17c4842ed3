package io.berth.bench.measure;

import io.berth.bench.load.Tunnels;
import io.berth.bench.report.Figure;
import io.berth.bench.report.Figure.Reading;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Resident memory per WebSocket that is open and silent, in a fresh process. */
public final class IdleTunnelMemory implements Measure {

  private static final int FIRST_ONES = 50;
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Figure MEMORY =
      Figure.less("idle.memory", "memory per idle WebSocket", "KiB");

  @Override
  public String name() {
    return "memory per idle WebSocket";
  }

  @Override
  public List<Reading> take(Contender contender) throws IOException {
    try (Contender fresh = contender.fresh()) {
      Lab lab = fresh.lab();
      Tunnels tunnels = new Tunnels(lab.wire(), fresh.target());
      try {
        // What the first tunnels ever make is the base's.
        tunnels.open(FIRST_ONES, LIMIT);
        tunnels.echo(LIMIT);
        tunnels.kill(LIMIT);
        long base = Settled.residentBytes(fresh);
        int number = lab.scale().idleTunnels();
        tunnels.open(number, LIMIT);
        long open = Settled.residentBytes(fresh);
        tunnels.echo(LIMIT);
        return List.of(MEMORY.is((open - base) / 1_024.0 / number));
      } finally {
        tunnels.kill(LIMIT);
      }
    }
  }
}
