package io.berth.bench.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Results as a file: every round, medians, ratios, and what was compared where. */
public final class JsonReport {

  private JsonReport() {}

  /**
   * Writes it.
   *
   * @param about what stands above the figures: time, machine, versions, extent
   */
  public static void write(Path file, Map<String, Object> about, Results results, String ours)
      throws IOException {
    Map<String, Object> report = new LinkedHashMap<>(about);
    List<Object> figures = new ArrayList<>();
    for (Figure figure : results.figures()) {
      figures.add(described(figure, results, ours));
    }
    report.put("figures", figures);
    report.put("failures", results.failures());
    Path absolute = file.toAbsolutePath();
    Files.createDirectories(absolute.resolveSibling("."));
    new ObjectMapper()
        .enable(SerializationFeature.INDENT_OUTPUT)
        .writeValue(absolute.toFile(), report);
  }

  private static Map<String, Object> described(Figure figure, Results results, String ours) {
    Map<String, Object> medians = new LinkedHashMap<>();
    Map<String, Object> ratios = new LinkedHashMap<>();
    Map<String, Object> rounds = new LinkedHashMap<>();
    for (String peer : results.peers()) {
      results.median(figure, peer).ifPresent(median -> medians.put(peer, median));
      rounds.put(peer, results.rounds(figure, peer));
      if (!peer.equals(ours)) {
        results.ratio(figure, ours, peer).ifPresent(ratio -> ratios.put(peer, ratio));
      }
    }
    Map<String, Object> described = new LinkedHashMap<>();
    described.put("key", figure.key());
    described.put("title", figure.title());
    described.put("unit", figure.unit());
    described.put("better", figure.better());
    described.put("medians", medians);
    described.put("ratiosOf" + Character.toUpperCase(ours.charAt(0)) + ours.substring(1), ratios);
    described.put("rounds", rounds);
    return described;
  }
}
