package io.berth.launcher.command;

import io.berth.launcher.console.Failure;
import io.berth.launcher.distribution.Maven;
import io.berth.launcher.installation.Checkout;
import io.berth.launcher.process.Command.Outcome;
import io.berth.launcher.suite.ServiceName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Compiles the services to native executables and tests those, where a GraalVM is. */
@Command(
    name = "native",
    mixinStandardHelpOptions = true,
    description =
        "Compile the services to native executables, where GraalVM or Mandrel is installed.")
final class Native implements Callable<Integer> {

  @Parameters(
      arity = "0..*",
      paramLabel = "SERVICE",
      description = "auth, session or proxy (default: all three).")
  private List<String> services = new ArrayList<>();

  @Option(names = "--skip-tests", description = "Do not run the integration tests against them.")
  private boolean skipTests;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Checkout checkout = Checkout.find();
    Path home = graal().orElseThrow(Native::whatToInstall);
    String modules =
        (services.isEmpty()
                ? Arrays.stream(ServiceName.values())
                : services.stream().map(ServiceName::of))
            .map(ServiceName::module)
            .collect(Collectors.joining(","));
    List<String> words =
        new ArrayList<>(
            List.of(
                Maven.command(), "-B", "-ntp", "-Pnative", "-Dlint=false", "-pl", modules, "-am"));
    words.addAll(
        skipTests
            ? List.of("-Dmaven.test.skip=true", "package")
            // unit tests are the JVM's; -DskipTests would skip the integration tests too
            : List.of("-Dtest=None", "-Dsurefire.failIfNoSpecifiedTests=false", "verify"));
    ProcessBuilder maven =
        new ProcessBuilder(words).directory(checkout.root().toFile()).inheritIO();
    maven.environment().put("JAVA_HOME", System.getProperty("java.home"));
    maven.environment().put("GRAALVM_HOME", home.toString());
    return maven.start().waitFor();
  }

  /** A GraalVM or Mandrel for Java 25 that was named, or lies where they are unpacked. */
  private static Optional<Path> graal() throws IOException {
    List<Path> candidates = new ArrayList<>();
    for (String variable : List.of("GRAALVM_HOME", "JAVA_HOME")) {
      Optional.ofNullable(System.getenv(variable)).map(Path::of).ifPresent(candidates::add);
    }
    for (Path folder : List.of(Path.of("/opt"), Path.of("/usr/lib/jvm"), Path.of("/opt/java"))) {
      if (Files.isDirectory(folder)) {
        try (Stream<Path> inside = Files.list(folder)) {
          inside.sorted().forEach(candidates::add);
        }
      }
    }
    return candidates.stream().filter(Native::isRecent).findFirst();
  }

  private static boolean isRecent(Path home) {
    Path program = home.resolve("bin/native-image");
    if (!Files.isExecutable(program)) {
      return false;
    }
    Outcome version =
        io.berth.launcher.process.Command.of(program.toString(), "--version")
            .run(Duration.ofSeconds(30));
    return version.succeeded() && version.output().matches("(?s).*\\b25\\.\\d.*");
  }

  private static Failure whatToInstall() {
    return new Failure(
        """
        No GraalVM for Java 25 is here, which compiles native executables.
          - install Mandrel 25 (https://github.com/graalvm/mandrel/releases) or GraalVM 25, unpack it below /opt or set GRAALVM_HOME,
            and the C tools that it needs (Debian/Ubuntu: apt-get install gcc zlib1g-dev); 8 GB of memory
          - or build in a container: docker build -f docker/services/Dockerfile.native --build-arg SERVICE=proxy-service .\
        """
            .stripIndent());
  }
}
