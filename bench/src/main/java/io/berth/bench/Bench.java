package io.berth.bench;

import io.berth.bench.berth.BerthEdge;
import io.berth.bench.berth.EdgeSettings;
import io.berth.bench.launch.Launches;
import io.berth.bench.load.WrongAnswer;
import io.berth.bench.measure.Scale;
import io.berth.bench.peer.DebianPackages;
import io.berth.bench.process.Children;
import io.berth.bench.report.JsonReport;
import io.berth.bench.report.Machine;
import io.berth.bench.report.Table;
import io.berth.launcher.console.Failure;
import io.berth.launcher.installation.Checkout;
import io.berth.launcher.suite.Rehearsal;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./berth bench}. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = "Measures Berth's edge next to other proxies, on loopback, in one run.")
public final class Bench implements Callable<Integer> {

  @Option(names = "--rounds", description = "Rounds to take the median of (default: 3).")
  private int rounds = 3;

  @Option(names = "--quick", description = "One short round: shows that it works, not how fast.")
  private boolean quick;

  @Option(
      names = "--install",
      description = "Install nginx, haproxy, caddy and wrk first (Debian, as root).")
  private boolean install;

  @Option(
      names = "--only",
      split = ",",
      description = "Of direct, nginx, haproxy, caddy, c-h-p, berth (default: all).")
  private List<String> only = List.of();

  @Option(
      names = "--measures",
      split = ",",
      description = "Those whose names contain one of these words (default: all).")
  private List<String> measures = List.of();

  @Option(names = "--state", description = "Folder of Berth's state (default: .berth).")
  private @Nullable Path state;

  @Option(names = "--out", description = "The JSON file (default: bench/target/bench.json).")
  private @Nullable Path out;

  @Option(names = "--minutes", description = "Time limit of the whole run (default: 60).")
  private int minutes = 60;

  @Option(
      names = "--seconds",
      description = "Length of a steady phase; warm-up too (default: 5, and 6 to warm up).")
  private int seconds;

  @Option(
      names = "--other-edge",
      description =
          "Folder with the quarkus-run.jar of another build: measured beside, as berth-other.")
  private @Nullable Path otherEdge;

  @Option(names = "--other-jvm", description = "Like --edge-jvm, for berth-other.")
  private List<String> otherJvm = List.of();

  @Option(
      names = "--edge-jvm",
      description = "An option of the edge's JVM after those of ./berth up; may be repeated.")
  private List<String> edgeJvm = List.of();

  @Option(
      names = "--edge-env",
      description = "NAME=VALUE of the edge's environment; may be repeated.")
  private Map<String, String> edgeEnvironment = Map.of();

  @Option(
      names = "--launches",
      description = "Measure launches of desktops instead: claimed ones and cold ones, on Docker.")
  private boolean launches;

  /** Entry; exits with 0 if every measurement gave a figure. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Bench()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException, SQLException {
    if (install) {
      say(DebianPackages.install());
    }
    Children children = new Children();
    Ending.guard(children, Duration.ofMinutes(minutes));
    try (children) {
      return launches ? launch(Checkout.find(), children) : compare(Checkout.find(), children);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 1;
    } catch (WrongAnswer | Failure e) {
      say("no figures: " + e.getMessage());
      return 1;
    }
  }

  private int launch(Checkout checkout, Children children)
      throws IOException, SQLException, InterruptedException {
    Path folder = Optional.ofNullable(state).orElse(checkout.file(".berth")).resolve("bench");
    Path file = Optional.ofNullable(out).orElse(checkout.file("bench/target/launches.json"));
    new Launches(checkout, children, folder.toAbsolutePath(), Bench::say)
        .run(quick ? 5 : 50, quick ? 3 : 15, file)
        .forEach((name, value) -> System.out.printf("%-24s %s%n", name, value));
    say("figures in milliseconds; they are in " + file);
    return 0;
  }

  private int compare(Checkout checkout, Children children) throws IOException, SQLException {
    Plan plan = new Plan(quick ? 1 : rounds, scale(), only, measures, checkout, edges(checkout));
    plan.edges().forEach(Bench::rehearse);
    Path folder = Optional.ofNullable(state).orElse(checkout.file(".berth")).resolve("bench");
    Map<String, Object> about = new LinkedHashMap<>();
    about.put("started", Instant.now().toString());
    about.put("machine", Machine.described());
    Comparison.Outcome outcome =
        new Comparison(plan, folder.toAbsolutePath(), children, Bench::say).run();
    about.put("rounds", plan.rounds());
    about.put("scale", plan.scale().described());
    about.put("peers", outcome.lineup().versions());
    about.put("leftOut", outcome.lineup().skipped());
    about.put("smallRequestsBy", outcome.generator());
    plan.edges().forEach(edge -> about.put(edge.name() + "Jvm", edge.options()));
    System.out.println(Table.of(outcome.results(), BerthEdge.NAME));
    Path file = Optional.ofNullable(out).orElse(checkout.file("bench/target/bench.json"));
    JsonReport.write(file, about, outcome.results(), BerthEdge.NAME);
    say("every round is in " + file);
    return outcome.results().failures().isEmpty() ? 0 : 1;
  }

  /** As {@code ./berth up} does after a build. */
  private static void rehearse(EdgeSettings edge) {
    Rehearsal rehearsal = new Rehearsal(edge.application());
    if (rehearsal.isDue()) {
      say("%s makes its AOT cache".formatted(edge.name()));
      if (!rehearsal.run()) {
        say("%s has no AOT cache".formatted(edge.name()));
      }
    }
  }

  private Scale scale() {
    Scale whole = quick ? Scale.QUICK : Scale.FULL;
    return seconds > 0 ? whole.inPhasesOf(Duration.ofSeconds(seconds)) : whole;
  }

  private List<EdgeSettings> edges(Checkout checkout) {
    Path built = EdgeSettings.built(checkout);
    List<EdgeSettings> edges = new ArrayList<>();
    edges.add(new EdgeSettings(BerthEdge.NAME, built, edgeJvm, edgeEnvironment));
    Path other = otherEdge;
    if (other != null) {
      edges.add(
          new EdgeSettings(BerthEdge.OTHER, other.toAbsolutePath(), otherJvm, edgeEnvironment));
    }
    return edges;
  }

  private static void say(String sentence) {
    System.err.println("bench: " + sentence);
  }
}
