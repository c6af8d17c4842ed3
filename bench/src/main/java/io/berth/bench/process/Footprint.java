package io.berth.bench.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a family of processes has used and holds, from {@code /proc} (proc(5)).
 *
 * @param cpuSeconds user and system time since their start
 * @param residentBytes memory in RAM; pages that workers share count for each
 * @param sockets open sockets, listening ones included
 */
public record Footprint(double cpuSeconds, long residentBytes, int sockets) {

  /** USER_HZ is 100 on every Linux that Berth runs on, whatever the kernel's own tick. */
  private static final double TICKS_PER_SECOND = 100;

  /** Of nobody: what {@code direct} costs. */
  public static final Footprint NONE = new Footprint(0, 0, 0);

  /** Of these processes; one that ends meanwhile counts for nothing. */
  static Footprint of(List<ProcessHandle> family) {
    double cpu = 0;
    long resident = 0;
    int sockets = 0;
    for (ProcessHandle handle : family) {
      Path proc = Path.of("/proc", Long.toString(handle.pid()));
      try {
        cpu += cpuSeconds(Files.readString(proc.resolve("stat")));
        resident += residentBytes(proc);
        sockets += sockets(proc.resolve("fd"));
      } catch (IOException e) {
        if (handle.isAlive()) {
          throw new IllegalStateException("process " + handle.pid() + " can't be read", e);
        }
      }
    }
    return new Footprint(cpu, resident, sockets);
  }

  /** Fields 14 and 15 of {@code stat}; the name before them may hold spaces and brackets. */
  static double cpuSeconds(String stat) {
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
  }

  /** {@code smaps_rollup} counts pages; {@code status} only sums batched counters of threads. */
  private static long residentBytes(Path proc) throws IOException {
    return kilobytes(Files.readString(proc.resolve("smaps_rollup")), "Rss:") * 1024;
  }

  static long kilobytes(String text, String key) {
    return text.lines()
        .filter(line -> line.startsWith(key))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
        .sum();
  }

  private static int sockets(Path descriptors) throws IOException {
    try (Stream<Path> entries = Files.list(descriptors)) {
      return (int) entries.filter(Footprint::isSocket).count();
    }
  }

  private static boolean isSocket(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
    } catch (IOException e) {
      // Closed between the listing and the look.
      return false;
    }
  }
}
