package io.berth.launcher.engine;

import io.berth.launcher.console.Failure;
import io.berth.launcher.console.Steps;
import io.berth.launcher.installation.Installation;
import io.berth.launcher.process.AsRoot;
import io.berth.launcher.process.Command;
import io.berth.launcher.process.Detached;
import io.berth.launcher.process.Ending;
import io.berth.launcher.process.PidFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * The engine that is there: {@code DOCKER_HOST}, Docker's socket, Podman's; else, on Debian or
 * Ubuntu with the rights for it, Docker is installed and started.
 */
public final class FindEngine {

  private static final Path DOCKER_SOCKET = Path.of("/var/run/docker.sock");
  private static final String DOCKER_ADDRESS = "unix://" + DOCKER_SOCKET;
  private static final Duration INSTALL_LIMIT = Duration.ofMinutes(10);
  private static final Duration START_LIMIT = Duration.ofSeconds(45);
  private static final Duration GRACE = Duration.ofSeconds(20);

  private final Installation installation;

  public FindEngine(Installation installation) {
    this.installation = installation;
  }

  /** An engine that answers now, if there is one. */
  public Optional<Engine> running() {
    Optional<String> named = Optional.ofNullable(System.getenv("DOCKER_HOST"));
    Stream<String> candidates =
        named.isPresent()
            ? named.stream()
            : Stream.of(
                DOCKER_ADDRESS,
                "unix://%s/podman/podman.sock"
                    .formatted(System.getenv().getOrDefault("XDG_RUNTIME_DIR", "/run")),
                "unix:///run/podman/podman.sock");
    return candidates
        .filter(FindEngine::mayAnswer)
        .map(FindEngine::answering)
        .flatMap(Optional::stream)
        .findFirst();
  }

  /** The running engine, or one that is installed and started for this installation. */
  public Engine provide(Steps steps) {
    Optional<Engine> running = running();
    if (running.isPresent()) {
      return running.get();
    }
    String named = System.getenv("DOCKER_HOST");
    if (named != null) {
      throw new Failure(
          "The container engine at DOCKER_HOST=%s does not answer: start it, or unset DOCKER_HOST."
              .formatted(named));
    }
    Optional<List<String>> root = AsRoot.words();
    if (root.isEmpty()) {
      throw noEngine();
    }
    if (!Command.of("sh", "-c", "command -v dockerd").run(GRACE).succeeded()) {
      install(steps, root.get());
    }
    return steps.run("container engine starts", _ -> start(root.get()));
  }

  /** Whether an engine runs that {@link #provide} started by hand for this installation. */
  public boolean ownRuns() {
    return pidFile().running().isPresent();
  }

  /** Ends the engine that {@link #provide} started by hand for this installation, if it did. */
  public boolean stopOwn() {
    PidFile pidFile = pidFile();
    Optional<ProcessHandle> running = pidFile.running();
    running.ifPresent(process -> Ending.end(process, GRACE));
    pidFile.forget();
    return running.isPresent();
  }

  private void install(Steps steps, List<String> root) {
    if (!Files.isExecutable(Path.of("/usr/bin/apt-get"))) {
      throw noEngine();
    }
    steps.say("  No container engine here: installing Debian's package docker.io.");
    steps.run(
        "docker.io is installed",
        detail -> {
          apt(root, detail, "update", "-qq");
          apt(root, detail, "install", "-y", "-qq", "--no-install-recommends", "docker.io");
          return true;
        });
  }

  private static void apt(List<String> root, Steps.Detail detail, String... words) {
    Command.Outcome outcome =
        Command.of(
                Stream.of(root, List.of("apt-get"), List.of(words)).flatMap(List::stream).toList())
            .with(Map.of("DEBIAN_FRONTEND", "noninteractive"))
            .run(INSTALL_LIMIT, detail::say);
    if (!outcome.succeeded()) {
      throw new Failure(
          "apt-get %s failed (%s): install a container engine by hand and try again."
              .formatted(words[0], outcome.lastLine()));
    }
  }

  private Engine start(List<String> root) {
    if (Files.isDirectory(Path.of("/run/systemd/system"))) {
      Command.of(Stream.concat(root.stream(), Stream.of("systemctl", "start", "docker")).toList())
          .run(START_LIMIT);
    } else {
      // No service manager (a container, a minimal machine): ours to start, and ours to end.
      List<String> words = Stream.concat(root.stream(), Stream.of("dockerd")).toList();
      pidFile()
          .keep(
              new Detached(words, Map.of(), installation.state(), installation.log("dockerd"))
                  .start());
    }
    Instant deadline = Instant.now().plus(START_LIMIT);
    while (Instant.now().isBefore(deadline)) {
      Optional<Engine> engine =
          mayAnswer(DOCKER_ADDRESS) ? answering(DOCKER_ADDRESS) : Optional.empty();
      if (engine.isPresent()) {
        return engine.get();
      }
      LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
    }
    stopOwn();
    throw new Failure(
        "Docker does not answer %d s after its start: see %s, or start it by hand and try again."
            .formatted(START_LIMIT.toSeconds(), installation.log("dockerd")));
  }

  private PidFile pidFile() {
    return new PidFile(installation.pidFile("dockerd"));
  }

  private static boolean mayAnswer(String address) {
    return !address.startsWith("unix://")
        || Files.exists(Path.of(address.substring("unix://".length())));
  }

  private static Optional<Engine> answering(String address) {
    Engine engine = new Engine(address);
    if (engine.answers()) {
      return Optional.of(engine);
    }
    engine.close();
    return Optional.empty();
  }

  private static Failure noEngine() {
    return new Failure(
        """
        No container engine answers here, and Berth can't install one by itself.
        Install Docker or Podman (Debian/Ubuntu: sudo apt-get install docker.io) and start it,
        and make sure that you may use it (sudo usermod -aG docker $USER, then sign in again).\
        """
            .stripIndent());
  }
}
