package io.berth.launcher.log;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** One desktop's lines out of the logs of all parts, in the order of their times. */
public final class DesktopLog {

  private static final Duration LOOK = Duration.ofMillis(300);

  /** As every part begins its lines: {@code 2026-01-31 12:00:00,123}. */
  private static final int TIMESTAMP = 23;

  /** More of a log is not read at once. */
  private static final int CHUNK = 8 << 20;

  private record Line(String time, String part, String text) {}

  private final List<Path> files;
  private final DesktopFilter filter;
  private final Map<Path, Long> read = new HashMap<>();
  private final Map<Path, String> begun = new HashMap<>();

  public DesktopLog(List<Path> files, String proxyPath) {
    this.files = List.copyOf(files);
    this.filter = new DesktopFilter(proxyPath);
  }

  /** The last lines that there are now. */
  public List<String> last(int lines) throws IOException {
    List<String> all = news();
    return all.subList(Math.max(0, all.size() - lines), all.size());
  }

  /** Goes on with what is written from now on, until the thread is interrupted. */
  public void follow(Consumer<String> out) throws IOException, InterruptedException {
    while (true) {
      news().forEach(out);
      Thread.sleep(LOOK);
    }
  }

  private List<String> news() throws IOException {
    List<Line> lines = new ArrayList<>();
    for (Path file : files) {
      lines.addAll(newLines(file));
    }
    lines.sort(Comparator.comparing(Line::time));
    return lines.stream()
        .filter(line -> filter.isAbout(line.text()))
        .map(line -> "%-15s %s".formatted(line.part(), line.text()))
        .toList();
  }

  private List<Line> newLines(Path file) throws IOException {
    List<Line> lines = new ArrayList<>();
    String part = file.getFileName().toString().replace(".log", "");
    String time = "";
    while (true) {
      String text = newText(file);
      if (text.isEmpty()) {
        return lines;
      }
      String whole = begun.getOrDefault(file, "") + text;
      int end = whole.lastIndexOf('\n') + 1;
      begun.put(file, whole.substring(end));
      for (String line : whole.substring(0, end).split("\n", -1)) {
        if (line.length() > TIMESTAMP && Character.isDigit(line.charAt(0))) {
          time = line.substring(0, TIMESTAMP);
        }
        if (!line.isBlank()) {
          lines.add(new Line(time, part, line));
        }
      }
    }
  }

  private String newText(Path file) throws IOException {
    if (!Files.exists(file)) {
      return "";
    }
    try (RandomAccessFile from = new RandomAccessFile(file.toFile(), "r")) {
      long at = read.getOrDefault(file, 0L);
      if (from.length() < at) {
        at = 0; // it was begun anew
      }
      byte[] bytes = new byte[(int) Math.min(CHUNK, from.length() - at)];
      from.seek(at);
      from.readFully(bytes);
      read.put(file, at + bytes.length);
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }
}
