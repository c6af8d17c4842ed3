package io.berth.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a reader must know of the machine to read the figures. */
public final class Machine {

  private Machine() {}

  /** Processors, their name, memory, kernel, JVM, and how busy it was. */
  public static Map<String, Object> described() {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("cpus", Runtime.getRuntime().availableProcessors());
    facts.put("cpu", value("/proc/cpuinfo", "model name"));
    facts.put("memory", value("/proc/meminfo", "MemTotal"));
    facts.put("kernel", System.getProperty("os.name") + " " + System.getProperty("os.version"));
    facts.put("java", Runtime.version().toString());
    facts.put("loadAverage", read("/proc/loadavg").strip());
    return facts;
  }

  private static String value(String file, String key) {
    return read(file)
        .lines()
        .filter(line -> line.startsWith(key))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse("unknown");
  }

  private static String read(String file) {
    try {
      return Files.readString(Path.of(file));
    } catch (IOException e) {
      return "";
    }
  }
}
