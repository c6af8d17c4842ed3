package io.berth.chaos.storm;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** How long it took after each kind of blow until all was well. */
public final class Recoveries {

  private final Map<Blow, List<Duration>> times = new EnumMap<>(Blow.class);

  void add(Blow blow, Duration time) {
    times.computeIfAbsent(blow, any -> new ArrayList<>()).add(time);
  }

  /** A row per kind: how often, median and longest in seconds. */
  @Override
  public String toString() {
    StringBuilder table =
        new StringBuilder("| what was done | times | median s | longest s |\n|---|---|---|---|\n");
    times.forEach((blow, all) -> {
      List<Duration> sorted = all.stream().sorted().toList();
      table.append(
          "| %s | %d | %.1f | %.1f |\n"
              .formatted(
                  blow.description(),
                  sorted.size(),
                  seconds(sorted.get((sorted.size() - 1) / 2)),
                  seconds(sorted.getLast())));
    });
    return table.toString();
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1e3;
  }
}
