package io.berth.launcher.suite;

import io.berth.launcher.console.Failure;
import io.berth.launcher.console.Steps;
import io.berth.launcher.distribution.Maven;
import io.berth.launcher.installation.Checkout;
import io.berth.launcher.process.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Packages the services whose sources are newer than what was packaged. */
public final class Build {

  private static final Duration LIMIT = Duration.ofMinutes(20);

  private final Checkout checkout;

  public Build(Checkout checkout) {
    this.checkout = checkout;
  }

  /** The services that must be packaged before they can start. */
  public List<ServiceName> stale() {
    return Arrays.stream(ServiceName.values()).filter(this::isStale).toList();
  }

  public void run(List<ServiceName> services, Steps.Detail detail) {
    String modules = services.stream().map(ServiceName::module).collect(Collectors.joining(","));
    Command.Outcome outcome =
        Command.of(
                Maven.command(),
                "-B",
                "-ntp",
                "-Dstyle.color=never",
                "-pl",
                modules,
                "-am",
                "-Dmaven.test.skip=true",
                "-Dlint=false",
                "package")
            .in(checkout.root())
            .with(Map.of("JAVA_HOME", System.getProperty("java.home")))
            .run(
                LIMIT,
                line -> {
                  if (line.startsWith("[INFO] Building ")) {
                    detail.say(line.substring("[INFO] Building ".length()).replaceAll(" +", " "));
                  }
                });
    if (!outcome.succeeded()) {
      String errors =
          outcome
              .output()
              .lines()
              .filter(line -> line.startsWith("[ERROR]"))
              .limit(6)
              .collect(Collectors.joining("\n"));
      throw new Failure("The build failed; mend this and try again:\n" + errors);
    }
  }

  private boolean isStale(ServiceName service) {
    Path packaged = checkout.file(service.module() + "/target/quarkus-app/quarkus-run.jar");
    if (!Files.exists(packaged)) {
      return true;
    }
    try {
      FileTime built = Files.getLastModifiedTime(packaged);
      for (Path source :
          List.of(
              checkout.file("pom.xml"),
              checkout.file("common/src/main"),
              checkout.file(service.module() + "/pom.xml"),
              checkout.file(service.module() + "/src/main"))) {
        try (Stream<Path> files = Files.walk(source)) {
          for (Path file : files.toList()) {
            if (Files.getLastModifiedTime(file).compareTo(built) > 0) {
              return true;
            }
          }
        }
      }
      return false;
    } catch (IOException e) {
      throw new Failure("%s can't be read (%s).".formatted(checkout.root(), e.getMessage()), e);
    }
  }
}
