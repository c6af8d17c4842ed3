package io.berth.launcher.command;

import io.berth.launcher.engine.Engine;
import io.berth.launcher.engine.FindEngine;
import io.berth.launcher.installation.Installation;
import io.berth.launcher.process.Readiness;
import io.berth.launcher.suite.Part;
import io.berth.launcher.suite.Parts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What runs, how much memory it takes, and what it says of its own health. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = "Show what runs; exit status 0 only if all is well.")
final class Status implements Callable<Integer> {

  private static final Pattern REPAIRS =
      Pattern.compile("(?m)^berth_session_repairs_total\\{.*?kind=\"([a-z-]+)\".*\\} (\\S+)$");

  @Mixin private Target target = new Target();

  @Option(names = "--json", description = "The same for programs.")
  private boolean json;

  private record Row(
      String part, String state, int port, Optional<Long> pid, long megabytes, Duration uptime) {}

  @Override
  public Integer call() {
    Installation installation = target.installation();
    Optional<Engine> engine = new FindEngine(installation).running();
    List<Row> rows =
        installation.exists()
            ? new Parts(installation, () -> "").all().stream().map(Status::row).toList()
            : List.of();
    if (json) {
      System.out.println(
          rows.stream().map(Status::json).collect(Collectors.joining(",\n ", "[", "]")));
    } else if (rows.isEmpty()) {
      System.out.println("Berth was not started here: ./berth up");
    } else {
      print(installation, rows, engine);
    }
    engine.ifPresent(Engine::close);
    boolean well =
        !rows.isEmpty()
            && rows.stream().allMatch(row -> row.state().equals("ready"))
            && engine.isPresent();
    return well ? 0 : 1;
  }

  private static void print(Installation installation, List<Row> rows, Optional<Engine> engine) {
    System.out.printf("%-16s %-22s %6s %9s %8s %10s%n", "part", "state", "port", "pid", "MB", "up");
    for (Row row : rows) {
      System.out.printf(
          "%-16s %-22s %6d %9s %8d %10s%n",
          row.part(),
          row.state(),
          row.port(),
          row.pid().map(String::valueOf).orElse("-"),
          row.megabytes(),
          words(row.uptime()));
    }
    long total = rows.stream().mapToLong(Row::megabytes).sum();
    System.out.printf("%-16s %-22s %6s %9s %8d%n", "all parts", "", "", "", total);
    System.out.printf(
        "%-16s %s%n",
        "engine",
        engine
            .map(found -> "%s at %s".formatted(found.version(), found.address()))
            .orElse("none answers: ./berth doctor"));
    System.out.printf("%-16s %s%n", "address", installation.publicUrl());
    System.out.printf("%-16s %s%n", "repairs", repairs(installation));
  }

  /** What session-service has mended since it started, as its metrics say. */
  private static String repairs(Installation installation) {
    URI metrics =
        URI.create(
            "http://127.0.0.1:%d/q/metrics".formatted(installation.ports().sessionManagement()));
    try (HttpClient client = HttpClient.newHttpClient()) {
      String all =
          client
              .send(
                  HttpRequest.newBuilder(metrics).timeout(Duration.ofSeconds(3)).build(),
                  HttpResponse.BodyHandlers.ofString())
              .body();
      String done =
          REPAIRS
              .matcher(all)
              .results()
              .filter(line -> Double.parseDouble(line.group(2)) > 0)
              .map(line -> "%s %.0f".formatted(line.group(1), Double.parseDouble(line.group(2))))
              .collect(Collectors.joining(", "));
      return done.isEmpty() ? "none since session-service started" : done;
    } catch (IOException e) {
      return "unknown: session-service does not answer";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "unknown";
    }
  }

  private static Row row(Part part) {
    Optional<ProcessHandle> process = part.process();
    return new Row(
        part.name(),
        process.isEmpty() ? "stopped" : state(part.health()),
        part.port(),
        process.map(ProcessHandle::pid),
        process.map(Status::megabytes).orElse(0L),
        process
            .flatMap(handle -> handle.info().startInstant())
            .map(began -> Duration.between(began, Instant.now()))
            .orElse(Duration.ZERO));
  }

  private static String state(Readiness.Answer answer) {
    return switch (answer) {
      case Readiness.Answer.Ready _ -> "ready";
      case Readiness.Answer.Died _ -> "stopped";
      case Readiness.Answer.NotYet(String reason) -> reason;
    };
  }

  /** Resident memory that is its own or shared in equal parts, of it and its children. */
  private static long megabytes(ProcessHandle process) {
    return Stream.concat(Stream.of(process), process.descendants())
            .mapToLong(handle -> kilobytes(handle.pid()))
            .sum()
        >> 10;
  }

  private static long kilobytes(long pid) {
    Path rollup = Path.of("/proc", String.valueOf(pid), "smaps_rollup");
    try (Stream<String> lines = Files.lines(rollup)) {
      return lines
          .filter(line -> line.startsWith("Pss:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElse(0);
    } catch (IOException | java.io.UncheckedIOException e) {
      return 0;
    }
  }

  private static String words(Duration uptime) {
    return uptime.toHours() > 0
        ? "%d h %02d min".formatted(uptime.toHours(), uptime.toMinutesPart())
        : "%d min %02d s".formatted(uptime.toMinutes(), uptime.toSecondsPart());
  }

  private static String json(Row row) {
    return "{\"part\":\"%s\",\"state\":\"%s\",\"port\":%d,\"pid\":%s,\"megabytes\":%d,\"uptimeSeconds\":%d}"
        .formatted(
            row.part(),
            row.state(),
            row.port(),
            row.pid().map(String::valueOf).orElse("null"),
            row.megabytes(),
            row.uptime().toSeconds());
  }
}
