package io.berth.launcher.suite;

import io.berth.launcher.console.Failure;
import io.berth.launcher.distribution.Unpacked;
import io.berth.launcher.installation.Installation;
import io.berth.launcher.installation.Ports;
import io.berth.launcher.process.Command;
import io.berth.launcher.process.Detached;
import io.berth.launcher.process.Ending;
import io.berth.launcher.process.PidFile;
import io.berth.launcher.process.Readiness;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** One of Berth's own services, run from its packaged application. */
final class Service implements Part {

  private static final Duration START_LIMIT = Duration.ofSeconds(90);
  private static final Duration COPY_LIMIT = Duration.ofSeconds(60);
  private static final Duration GRACE = Duration.ofSeconds(15);

  private final Installation installation;
  private final ServiceName service;
  private final Supplier<Map<String, String>> environment;
  private final PidFile pidFile;

  Service(
      Installation installation, ServiceName service, Supplier<Map<String, String>> environment) {
    this.installation = installation;
    this.service = service;
    this.environment = environment;
    this.pidFile = new PidFile(installation.pidFile(service.module()));
  }

  @Override
  public String name() {
    return service.module();
  }

  @Override
  public int port() {
    Ports ports = installation.ports();
    return switch (service) {
      case AUTH -> ports.auth();
      case SESSION -> ports.session();
      case PROXY -> ports.edge();
    };
  }

  @Override
  public Optional<ProcessHandle> process() {
    return pidFile.running();
  }

  @Override
  public Readiness.Answer health() {
    return readiness().ask();
  }

  @Override
  public void start() {
    ServiceJvm jvm = new ServiceJvm(service, ownCopy());
    List<String> words = jvm.command(jvm.options());
    Path log = installation.log(name());
    ProcessHandle process =
        new Detached(words, environment.get(), installation.state(), log).start();
    pidFile.keep(process);
    switch (readiness().await(process, START_LIMIT)) {
      case Readiness.Answer.Ready _ -> {}
      case Readiness.Answer.Died _ ->
          throw new Failure("%s ended while starting: see %s.".formatted(name(), log));
      case Readiness.Answer.NotYet(String reason) ->
          throw new Failure(
              "%s %s after %d s: see %s.".formatted(name(), reason, START_LIMIT.toSeconds(), log));
    }
  }

  @Override
  public void stop() {
    process().ifPresent(process -> Ending.end(process, GRACE));
    pidFile.forget();
  }

  /** What runs must not change while it runs: a build writes into the module's target folder. */
  private Path ownCopy() {
    Path packaged = installation.checkout().file(service.module() + "/target/quarkus-app");
    Path copy = installation.state().resolve("services").resolve(service.module());
    try {
      Unpacked.delete(copy);
      Files.createDirectories(copy.resolveSibling("."));
    } catch (IOException e) {
      throw new Failure("%s can't be replaced (%s).".formatted(copy, e.getMessage()), e);
    }
    Command.Outcome copied =
        // With its times: an AOT cache is good for the very files that it was made from.
        Command.of("cp", "-Rp", packaged.toString(), copy.toString()).run(COPY_LIMIT);
    if (!copied.succeeded()) {
      throw new Failure(
          "%s could not be copied (%s): check the disk.".formatted(packaged, copied.lastLine()));
    }
    return copy;
  }

  private Readiness readiness() {
    Ports ports = installation.ports();
    int management =
        switch (service) {
          case AUTH -> ports.authManagement();
          case SESSION -> ports.sessionManagement();
          case PROXY -> ports.edgeManagement();
        };
    return new Readiness(URI.create("http://127.0.0.1:%d/q/health/ready".formatted(management)));
  }
}
