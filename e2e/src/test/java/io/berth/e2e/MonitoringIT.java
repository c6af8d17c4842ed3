package io.berth.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The files in {@code docker/monitoring} against what the services really say. */
@ExtendWith(Suite.class)
class MonitoringIT {

  private static final Path FILES = Command.CHECKOUT.resolve("docker/monitoring");
  private static final Pattern METRIC = Pattern.compile("\\bberth_[a-z_]+");
  private static final Duration SHORT = Duration.ofMinutes(2);
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @Test
  void everyMetricOfTheRulesAndTheDashboardIsServed(RunningBerth berth)
      throws IOException, InterruptedException {
    Set<String> served = new TreeSet<>();
    for (int port : berth.managementPorts()) {
      served.addAll(metrics(scrape(port)));
    }
    // A launch or a failure is counted only once there was one; the READMEs list what there can be.
    for (String module : List.of("proxy-service", "session-service")) {
      served.addAll(metrics(Files.readString(Command.CHECKOUT.resolve(module + "/README.md"))));
    }
    Set<String> used = new TreeSet<>();
    for (String file : List.of("alerts.yml", "grafana-berth.json")) {
      used.addAll(metrics(Files.readString(FILES.resolve(file))));
    }

    assertThat(used).hasSizeGreaterThan(15);
    assertThat(served).containsAll(used);
  }

  @Test
  void prometheusTakesTheRulesAndWhatTheServicesServe(RunningBerth berth)
      throws IOException, InterruptedException {
    Path promtool = promtool();

    Command.Outcome rules =
        Command.run(
            SHORT,
            List.of(promtool.toString(), "check", "rules", FILES.resolve("alerts.yml").toString()));
    assertThat(rules.exitCode()).as(rules.output()).isZero();
    Command.Outcome config =
        Command.run(
            SHORT,
            List.of(
                promtool.toString(),
                "check",
                "config",
                FILES.resolve("prometheus.yml").toString()));
    assertThat(config.exitCode()).as(config.output()).isZero();
    for (int port : berth.managementPorts()) {
      Path scrape = RunningBerth.OUTPUT.resolve("scrape-" + port + ".txt");
      Files.writeString(scrape, scrape(port));
      Command.Outcome metrics =
          Command.run(
              SHORT, List.of("sh", "-c", "'%s' check metrics < '%s'".formatted(promtool, scrape)));
      // 3 is promtool's taste, in names and missing help texts; 1 is bad syntax.
      assertThat(metrics.exitCode()).as(metrics.output()).isIn(0, 3);
    }
  }

  /** From the system, or unpacked from Debian's package: installing that would start a server. */
  private static Path promtool() {
    Path unpacked = RunningBerth.OUTPUT.resolve("promtool/usr/bin/promtool");
    if (Files.isExecutable(Path.of("/usr/bin/promtool"))) {
      return Path.of("/usr/bin/promtool");
    }
    assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/apt-get")),
        "promtool is missing: install Prometheus to have its rules checked");
    if (!Files.isExecutable(unpacked)) {
      String script =
          "mkdir -p promtool && cd promtool && apt-get download -qq prometheus"
              + " && dpkg -x prometheus_*.deb .";
      Command.Outcome download =
          Command.run(
              SHORT, List.of("sh", "-c", "cd '%s' && %s".formatted(RunningBerth.OUTPUT, script)));
      assumeTrue(
          download.exitCode() == 0,
          "promtool could not be fetched, so the rules' syntax is not checked: "
              + download.output());
    }
    return unpacked;
  }

  private static String scrape(int port) throws IOException, InterruptedException {
    return CLIENT
        .send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/q/metrics".formatted(port)))
                .header("Accept", "text/plain; version=0.0.4")
                .build(),
            BodyHandlers.ofString())
        .body();
  }

  /** Names without what Prometheus adds to those of histograms. */
  private static Set<String> metrics(String text) {
    return METRIC
        .matcher(text)
        .results()
        .map(MatchResult::group)
        .map(name -> name.replaceFirst("_(bucket|count|sum|max)$", ""))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
