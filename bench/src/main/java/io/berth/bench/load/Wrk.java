package io.berth.bench.load;

import io.berth.bench.process.ShortCommand;
import io.berth.bench.upstream.Content;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The load generator wrk, one thread, where it is installed. */
public final class Wrk {

  private static final Duration GRACE = Duration.ofSeconds(15);
  private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([0-9.]+)");
  private static final Pattern TOTAL =
      Pattern.compile("(\\d+) requests in ([0-9.]+)(ms|s|m), ([0-9.]+)(B|KB|MB|GB) read");

  private final Path program;

  private Wrk(Path program) {
    this.program = program;
  }

  public static Optional<Wrk> installed() {
    return ShortCommand.find("wrk").map(Wrk::new);
  }

  /**
   * What wrk said.
   *
   * @param perSecond answers per second
   * @param p50Micros half of them took at most this
   * @param p99Micros 99 of 100 took at most this
   */
  public record Outcome(double perSecond, double p50Micros, double p99Micros) {}

  /** Asks for the small answer, whole seconds long. */
  public Outcome small(Target target, int connections, Duration duration) {
    Visitor visitor = target.visitor(0);
    String seconds = Math.max(1, duration.toSeconds()) + "s";
    String output =
        ShortCommand.output(
                duration.plus(GRACE),
                Map.of(),
                List.of(
                    program.toString(),
                    "-t1",
                    "-c" + connections,
                    "-d" + seconds,
                    "--latency",
                    "-H",
                    "Host: " + target.authority(),
                    "-H",
                    "Cookie: " + Target.cookie(visitor),
                    "http://127.0.0.1:" + target.port() + Target.location(visitor, Content.SMALL)))
            .orElseThrow(() -> new WrongAnswer("wrk failed or did not end"));
    return read(output);
  }

  /** Reads wrk's report; one that tells of errors or of short answers is refused. */
  static Outcome read(String output) {
    if (output.contains("Non-2xx") || output.contains("Socket errors")) {
      throw new WrongAnswer("wrk met errors: " + output.replaceAll("\\s+", " "));
    }
    Matcher total = find(TOTAL, output);
    double bytes = Double.parseDouble(total.group(4)) * unit(total.group(5));
    // wrk rounds to two decimals of a unit.
    if (bytes < 0.98 * Long.parseLong(total.group(1)) * Content.SMALL_LENGTH) {
      throw new WrongAnswer("wrk read fewer bytes than the answers have: " + total.group());
    }
    return new Outcome(
        Double.parseDouble(find(RATE, output).group(1)),
        micros(output, "50%"),
        micros(output, "99%"));
  }

  private static double micros(String output, String percentile) {
    Matcher line =
        find(Pattern.compile("\\s" + percentile + "\\s+([0-9.]+)(us|ms|s|m)\\b"), output);
    double value = Double.parseDouble(line.group(1));
    return switch (line.group(2)) {
      case "us" -> value;
      case "ms" -> value * 1e3;
      case "s" -> value * 1e6;
      default -> value * 60e6;
    };
  }

  private static double unit(String name) {
    return switch (name) {
      case "B" -> 1;
      case "KB" -> 1024;
      case "MB" -> 1024 * 1024;
      default -> 1024.0 * 1024 * 1024;
    };
  }

  private static Matcher find(Pattern pattern, String output) {
    Matcher matcher = pattern.matcher(output);
    if (!matcher.find()) {
      throw new WrongAnswer("wrk's report has no " + pattern + ": " + output);
    }
    return matcher;
  }
}
