package io.berth.launcher.keycloak;

import io.berth.launcher.console.Failure;
import io.berth.launcher.distribution.Archive;
import io.berth.launcher.distribution.Maven;
import io.berth.launcher.distribution.Unpacked;
import io.berth.launcher.distribution.Versions;
import io.berth.launcher.installation.Checkout;
import io.berth.launcher.process.Command;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Keycloak's own distribution, unpacked and built once for what Berth needs of it. */
record KeycloakDistribution(Path folder) {

  /** Fixed at build time, so that a start need not look at them again. */
  static final Map<String, String> BUILD_OPTIONS =
      Map.of(
          "KC_DB", "postgres",
          "KC_HEALTH_ENABLED", "true",
          "KC_HTTP_RELATIVE_PATH", "/idp",
          "KC_HTTP_MANAGEMENT_RELATIVE_PATH", "/",
          "KC_CACHE", "local",
          "KC_FEATURES_DISABLED", "ciba,device-flow,kerberos,organization,impersonation");

  private static final Duration BUILD_LIMIT = Duration.ofMinutes(5);

  static KeycloakDistribution unpack(Checkout checkout) {
    String version = Versions.pinned().keycloak();
    return new KeycloakDistribution(
        Unpacked.once(
            checkout.distributions().resolve("keycloak-" + version),
            target -> fill(target, version)));
  }

  private static void fill(Path target, String version) throws IOException {
    Path download = target.resolve("download");
    Path zip = Maven.fetch("org.keycloak:keycloak-quarkus-dist:" + version + ":zip", download);
    Archive.unzip(zip, target);
    Unpacked.delete(download);
    Command.Outcome build =
        Command.of(java(target, target, List.of("-Xmx512m", "-XX:+UseSerialGC"), "build"))
            .with(BUILD_OPTIONS)
            .in(target)
            .run(BUILD_LIMIT);
    if (!build.succeeded()) {
      throw new Failure(
          "Keycloak could not be built (%s): free some memory and disk, then try again."
              .formatted(build.lastLine()));
    }
  }

  /** The command of {@code bin/kc.sh}, without the shell that would stay as its parent. */
  static List<String> java(Path distribution, Path home, List<String> options, String... words) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(
        List.of(
            "-XX:+ExitOnOutOfMemoryError",
            "-Djava.util.concurrent.ForkJoinPool.common.threadFactory="
                + "io.quarkus.bootstrap.forkjoin.QuarkusForkJoinWorkerThreadFactory",
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
            "--add-opens=java.base/java.security=ALL-UNNAMED",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--enable-native-access=ALL-UNNAMED",
            "-Duser.language=en",
            "-Duser.country=US",
            "-Dkc.home.dir=" + home,
            "-Djboss.server.config.dir=" + distribution.resolve("conf"),
            "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
            "-Dpicocli.disable.closures=true",
            "-cp",
            distribution.resolve("lib/quarkus-run.jar").toString(),
            "io.quarkus.bootstrap.runner.QuarkusEntryPoint"));
    command.addAll(List.of(words));
    return command;
  }
}
