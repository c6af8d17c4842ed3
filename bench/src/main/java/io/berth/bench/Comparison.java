package io.berth.bench;

import io.berth.bench.berth.BerthEdge;
import io.berth.bench.berth.EdgeSettings;
import io.berth.bench.berth.LoginKey;
import io.berth.bench.berth.Platform;
import io.berth.bench.load.FirstAnswer;
import io.berth.bench.load.Target;
import io.berth.bench.load.Visitor;
import io.berth.bench.load.Wire;
import io.berth.bench.load.Wrk;
import io.berth.bench.load.WrongAnswer;
import io.berth.bench.measure.ColdRequests;
import io.berth.bench.measure.Contender;
import io.berth.bench.measure.CpuPerGigabyte;
import io.berth.bench.measure.Downloads;
import io.berth.bench.measure.Guarded;
import io.berth.bench.measure.IdleTunnelMemory;
import io.berth.bench.measure.KilledTunnels;
import io.berth.bench.measure.Lab;
import io.berth.bench.measure.LoginVerification;
import io.berth.bench.measure.Measure;
import io.berth.bench.measure.RoundTrips;
import io.berth.bench.measure.Rounds;
import io.berth.bench.measure.RoutePropagation;
import io.berth.bench.measure.SmallRequests;
import io.berth.bench.measure.Stream;
import io.berth.bench.measure.TimeToReady;
import io.berth.bench.measure.WarmUp;
import io.berth.bench.peer.Peer;
import io.berth.bench.peer.Site;
import io.berth.bench.process.ChildProcess;
import io.berth.bench.process.Children;
import io.berth.bench.process.FreePorts;
import io.berth.bench.report.Results;
import io.berth.bench.upstream.Upstream;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** One run: everything started, warmed up, measured in rounds. */
final class Comparison {

  private static final Duration UPSTREAM_LIMIT = Duration.ofSeconds(20);

  private final Plan plan;
  private final Path folder;
  private final Children children;
  private final Consumer<String> progress;

  Comparison(Plan plan, Path folder, Children children, Consumer<String> progress) {
    this.plan = plan;
    this.folder = folder;
    this.children = children;
    this.progress = progress;
  }

  /**
   * What a run gave.
   *
   * @param lineup who took part
   * @param generator what made the small requests
   * @param results the figures
   */
  record Outcome(Lineup lineup, String generator, Results results) {}

  Outcome run() throws IOException, SQLException {
    String authority = "127.0.0.1:" + FreePorts.one();
    String publicUrl = "http://" + authority;
    int upstreamPort = FreePorts.block(Platform.upstreamPorts());
    LoginKey key = new LoginKey(publicUrl);
    List<Visitor> visitors = Platform.visitors(key, upstreamPort);
    startUpstream(new Target(upstreamPort, authority, visitors));

    Optional<Platform> platform = Optional.empty();
    if (plan.edges().stream().anyMatch(EdgeSettings::isBuilt)) {
      progress.accept("starting PostgreSQL with " + Platform.ROUTES + " routes");
      platform =
          Optional.of(Platform.start(plan.checkout(), children, publicUrl, key, upstreamPort));
    }
    Lineup lineup = Lineup.find(plan, new Site(upstreamPort, folder, children), platform);
    lineup.skipped().forEach((name, reason) -> progress.accept(name + " is left out: " + reason));

    Optional<Wrk> wrk = Wrk.installed();
    String generator = wrk.isPresent() ? "wrk" : "its own load";
    progress.accept("small requests come from " + generator);
    Results results = new Results(lineup.names());
    try (Wire wire = new Wire()) {
      Lab lab = new Lab(wire, authority, visitors, children, plan.scale());
      List<Contender> contenders = contenders(lab, lineup.present(), results);
      new Rounds(measures(wrk, platform), contenders, progress).take(plan.rounds(), results);
    }
    return new Outcome(lineup, generator, results);
  }

  /** A process of its own, so that its processor time is nobody else's. */
  private void startUpstream(Target target) throws IOException {
    ChildProcess upstream =
        children.adopt(
            ChildProcess.start(
                "upstream",
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx128m",
                    "-XX:+UseSerialGC",
                    "-XX:MaxDirectMemorySize=512m",
                    "--enable-native-access=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow",
                    "-cp",
                    System.getProperty("java.class.path"),
                    Upstream.class.getName(),
                    Integer.toString(target.port()),
                    Integer.toString(Platform.upstreamPorts())),
                Map.of(),
                folder.resolve("upstream.log")));
    FirstAnswer.await(target, target.visitor(0), UPSTREAM_LIMIT, upstream::isAlive);
  }

  /** All that start; one that does not is a failure of its own. */
  private List<Contender> contenders(Lab lab, List<Peer> peers, Results results)
      throws IOException {
    List<Contender> contenders = new ArrayList<>();
    for (Peer peer : peers) {
      progress.accept("starting and warming up " + peer.name());
      try {
        Contender contender = children.adopt(Contender.start(lab, peer));
        if (BerthEdge.isOne(contender.name())) {
          Guarded.check(contender);
        }
        WarmUp.of(contender);
        contenders.add(contender);
      } catch (WrongAnswer e) {
        String reason = String.valueOf(e.getMessage());
        results.fail(new Results.Failure(0, "start and warm-up", peer.name(), reason));
        progress.accept("FAILED: " + reason);
      }
    }
    return contenders;
  }

  private List<Measure> measures(Optional<Wrk> wrk, Optional<Platform> platform) {
    List<Measure> all =
        new ArrayList<>(
            List.of(
                new SmallRequests(wrk),
                new ColdRequests(),
                new Downloads(),
                new RoundTrips(),
                new Stream(),
                new CpuPerGigabyte(),
                new IdleTunnelMemory(),
                new KilledTunnels(),
                new TimeToReady()));
    platform.ifPresent(
        there -> all.addAll(List.of(new RoutePropagation(there), new LoginVerification(there))));
    return all.stream().filter(measure -> plan.wantsMeasure(measure.name())).toList();
  }
}
