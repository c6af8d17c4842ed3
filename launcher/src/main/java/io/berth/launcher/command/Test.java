package io.berth.launcher.command;

import io.berth.launcher.console.Failure;
import io.berth.launcher.console.Steps;
import io.berth.launcher.distribution.Maven;
import io.berth.launcher.engine.Engine;
import io.berth.launcher.engine.FindEngine;
import io.berth.launcher.installation.Installation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Runs every test, after bringing what they need: an engine and a Chromium. */
@Command(
    name = "test",
    mixinStandardHelpOptions = true,
    description = "Run all tests: unit, integration, and end to end in Chromium.")
final class Test implements Callable<Integer> {

  static final List<Path> BROWSERS =
      Stream.of("chromium", "chromium-browser", "google-chrome")
          .map(name -> Path.of("/usr/bin", name))
          .toList();

  private static final Duration INSTALL_LIMIT = Duration.ofMinutes(10);

  @Mixin private Target target = new Target();

  @Parameters(
      arity = "0..*",
      paramLabel = "MAVEN-ARGUMENT",
      description = "Passed on, after --: -- -pl proxy-service -Dtest=RouteTableTest")
  private List<String> arguments = new ArrayList<>();

  @Override
  public Integer call() throws IOException, InterruptedException {
    Installation installation = target.installation();
    FindEngine engines = new FindEngine(installation);
    try (Steps steps = Steps.onStandardOutput()) {
      if (BROWSERS.stream().noneMatch(Files::isExecutable)) {
        installChromium(steps);
      }
      try (Engine engine = engines.provide(steps)) {
        steps.say("  container engine %s at %s".formatted(engine.version(), engine.address()));
        steps.say(
            System.getenv("KUBECONFIG") == null
                ? "  no KUBECONFIG: the tests on Kubernetes are skipped"
                : "  a Kubernetes cluster by KUBECONFIG: the tests on it run too");
      }
    }
    try {
      return maven(installation).start().waitFor();
    } finally {
      engines.stopOwn();
    }
  }

  private ProcessBuilder maven(Installation installation) {
    List<String> words = new ArrayList<>(List.of(Maven.command(), "-B", "-ntp"));
    words.addAll(arguments);
    words.add("verify");
    ProcessBuilder maven =
        new ProcessBuilder(words).directory(installation.checkout().root().toFile()).inheritIO();
    maven.environment().put("JAVA_HOME", System.getProperty("java.home"));
    return maven;
  }

  private static void installChromium(Steps steps) {
    if (!Files.isExecutable(Path.of("/usr/bin/apt-get"))
        || !"root".equals(System.getProperty("user.name"))) {
      throw new Failure(
          "The end-to-end tests need Chromium: install it (Debian: sudo apt-get install chromium) and try again.");
    }
    steps.say("  No Chromium here: installing Debian's package chromium for the end-to-end tests.");
    steps.run(
        "chromium is installed",
        detail -> {
          for (List<String> words :
              List.of(
                  List.of("apt-get", "update", "-qq"),
                  List.of(
                      "apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"))) {
            var outcome =
                io.berth.launcher.process.Command.of(words)
                    .with(Map.of("DEBIAN_FRONTEND", "noninteractive"))
                    .run(INSTALL_LIMIT, detail::say);
            if (!outcome.succeeded()) {
              throw new Failure(
                  "chromium could not be installed (%s).".formatted(outcome.lastLine()));
            }
          }
          return true;
        });
  }
}
