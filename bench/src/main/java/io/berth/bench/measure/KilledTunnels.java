package io.berth.bench.measure;

import io.berth.bench.load.Tunnels;
import io.berth.bench.report.Figure;
import io.berth.bench.report.Figure.Reading;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** What thousands of opened and killed WebSockets leave behind in a fresh process. */
public final class KilledTunnels implements Measure {

  private static final int AT_ONCE = 500;
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Figure GROWTH =
      Figure.less("killed.memory", "memory kept after killed WebSockets", "MiB");
  private static final Figure LEFTOVER =
      Figure.less("killed.sockets", "sockets left after killed WebSockets", "");

  @Override
  public String name() {
    return "killed WebSockets";
  }

  @Override
  public List<Reading> take(Contender contender) throws IOException {
    try (Contender fresh = contender.fresh()) {
      int sockets = fresh.footprint().sockets();
      // The base is a process that had its fill once.
      openAndKill(fresh, 2 * AT_ONCE);
      long base = Settled.residentBytes(fresh);
      openAndKill(fresh, fresh.lab().scale().killedTunnels());
      int left = Settled.sockets(fresh, sockets) - sockets;
      long after = Settled.residentBytes(fresh);
      return List.of(
          GROWTH.is((after - base) / 1_048_576.0), LEFTOVER.is((double) Math.max(0, left)));
    }
  }

  private static void openAndKill(Contender contender, int number) {
    Tunnels tunnels = new Tunnels(contender.lab().wire(), contender.target());
    for (int opened = 0; opened < number; opened += AT_ONCE) {
      tunnels.open(Math.min(AT_ONCE, number - opened), LIMIT);
      tunnels.echo(LIMIT);
      tunnels.kill(LIMIT);
    }
  }
}
