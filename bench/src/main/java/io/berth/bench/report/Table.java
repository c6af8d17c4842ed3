package io.berth.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Results as plain text: medians, then one peer's ratio to each other. */
public final class Table {

  private static final String NOTHING = "-";

  private Table() {}

  /** Both tables; the ratios are those of {@code ours}, if it took part. */
  public static String of(Results results, String ours) {
    StringBuilder text = new StringBuilder();
    List<List<String>> medians = new ArrayList<>();
    medians.add(row("median of the rounds", "unit", results.peers()));
    for (Figure figure : results.figures()) {
      medians.add(
          row(
              figure.title(),
              figure.unit(),
              results.peers().stream().map(peer -> number(results.median(figure, peer))).toList()));
    }
    text.append(aligned(medians));
    List<String> others = results.peers().stream().filter(peer -> !peer.equals(ours)).toList();
    if (results.peers().contains(ours) && !others.isEmpty()) {
      text.append(System.lineSeparator()).append(aligned(ratios(results, ours, others)));
    }
    for (Results.Failure failure : results.failures()) {
      text.append(
          "%nFAILED: %s through %s, round %d: %s"
              .formatted(failure.measure(), failure.peer(), failure.round(), failure.reason()));
    }
    return text.toString();
  }

  private static List<List<String>> ratios(Results results, String ours, List<String> others) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(row("ratios", "better", others.stream().map(peer -> ours + "/" + peer).toList()));
    for (Figure figure : results.figures()) {
      List<OptionalDouble> ratios =
          others.stream().map(peer -> results.ratio(figure, ours, peer)).toList();
      if (ratios.stream().anyMatch(OptionalDouble::isPresent)) {
        String better = figure.better() == Figure.Better.MORE ? "> 1" : "< 1";
        rows.add(row(figure.title(), better, ratios.stream().map(Table::ratio).toList()));
      }
    }
    return rows;
  }

  private static String ratio(OptionalDouble value) {
    return value.isEmpty() ? NOTHING : String.format(Locale.ROOT, "%.2f", value.getAsDouble());
  }

  /** Three digits that mean something, no more. */
  static String number(OptionalDouble value) {
    if (value.isEmpty()) {
      return NOTHING;
    }
    double number = value.getAsDouble();
    double size = Math.abs(number);
    String format = size >= 100 || number == 0 ? "%,.0f" : size >= 10 ? "%.1f" : "%.2f";
    return String.format(Locale.ROOT, format, number);
  }

  private static List<String> row(String title, String unit, List<String> cells) {
    List<String> row = new ArrayList<>(List.of(title, unit));
    row.addAll(cells);
    return row;
  }

  private static String aligned(List<List<String>> rows) {
    int columns = rows.getFirst().size();
    int[] widths =
        IntStream.range(0, columns)
            .map(column -> rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0))
            .toArray();
    return rows.stream()
        .map(row ->
            IntStream.range(0, columns)
                .mapToObj(column ->
                    column < 2
                        ? row.get(column) + padding(widths[column], row.get(column))
                        : padding(widths[column], row.get(column)) + row.get(column))
                .collect(Collectors.joining("  "))
                .stripTrailing())
        .collect(Collectors.joining(System.lineSeparator(), "", System.lineSeparator()));
  }

  private static String padding(int width, String text) {
    return " ".repeat(width - text.length());
  }
}
