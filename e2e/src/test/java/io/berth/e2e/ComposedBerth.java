package io.berth.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Berth by docker/compose.yml, in images that are made on this machine, on a database that an
 * earlier version left.
 */
final class ComposedBerth implements Site, AutoCloseable {

  private static final Path FOLDER = RunningBerth.OUTPUT.resolve("compose");
  private static final Path ENV = FOLDER.resolve("env");
  private static final Path SECRETS = FOLDER.resolve("secrets");
  private static final Duration IMAGES = Duration.ofMinutes(15);
  private static final Duration LIMIT = Duration.ofMinutes(6);

  static final String INSTANCE = "compose-test";
  static final int PORT = 6806;
  static final int HTTPS = 6881;

  private static final Map<String, String> SETTINGS =
      Map.ofEntries(
          Map.entry("COMPOSE_PROJECT_NAME", "berth-compose-test"),
          Map.entry("BERTH_INSTANCE", INSTANCE),
          Map.entry("BERTH_PORT", String.valueOf(PORT)),
          Map.entry("BERTH_SESSION_PORT", "6808"),
          Map.entry("BERTH_EDGE_MANAGEMENT_PORT", "6896"),
          Map.entry("BERTH_SESSION_MANAGEMENT_PORT", "6898"),
          Map.entry("BERTH_DESKTOP_PORTS", "6820-6860"),
          Map.entry("BERTH_BACK", "172.31.251"),
          Map.entry("BERTH_FRONT", "172.31.252"),
          Map.entry("BERTH_SECRETS", SECRETS.toString()),
          Map.entry("BERTH_TLS", FOLDER.resolve("tls").toString()),
          Map.entry("NGINX_HTTP_PORT", "127.0.0.1:" + PORT),
          Map.entry("NGINX_HTTPS_PORT", "127.0.0.1:" + HTTPS));

  private ComposedBerth() {}

  static ComposedBerth start() {
    ComposedBerth berth = new ComposedBerth();
    try {
      Files.createDirectories(FOLDER.resolve("tls"));
      Files.deleteIfExists(ENV);
      must(
          Duration.ofMinutes(1),
          "docker/setup",
          "--env",
          ENV.toString(),
          "--secrets",
          SECRETS.toString());
      SETTINGS.forEach(ComposedBerth::set);
      for (String line :
          must(IMAGES, "docker/local-images")
              .lines()
              .filter(line -> line.contains("_IMAGE="))
              .toList()) {
        set(line.split("=", 2)[0], line.split("=", 2)[1]);
      }
      berth.compose("down", "--volumes", "--remove-orphans");
      berth.compose("up", "--detach", "--wait", "postgres");
      berth.sql(PreviousVersion.sql());
      berth.compose("up", "--detach", "--wait");
      return berth;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (AssertionError e) {
      RunningBerth.keep(
          "compose.log", berth.berth("compose", "--env", ENV.toString(), "--", "logs").output());
      berth.close();
      throw e;
    }
  }

  @Override
  public String url() {
    return "http://localhost:" + PORT;
  }

  @Override
  public String password(String person) {
    try {
      return Files.readString(SECRETS.resolve("person." + person));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Adds a setting, which wins over what was there. */
  static void set(String key, String value) {
    try {
      Files.writeString(ENV, key + "=" + value + "\n", StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs Docker Compose on it; what it printed. */
  String compose(String... words) {
    List<String> all = new ArrayList<>(List.of("compose", "--env", ENV.toString(), "--"));
    all.addAll(List.of(words));
    Command.Outcome outcome = berth(all.toArray(String[]::new));
    if (outcome.exitCode() != 0) {
      throw new AssertionError("docker compose " + List.of(words) + ":\n" + outcome.output());
    }
    return outcome.output();
  }

  /** Backs it up or restores it. */
  void berthOnThis(String command, Path file) {
    Command.Outcome outcome = berth(command, file.toString(), "--compose", "--env", ENV.toString());
    if (outcome.exitCode() != 0) {
      throw new AssertionError(command + ":\n" + outcome.output());
    }
  }

  /** Runs SQL as the superuser; what it answered, unaligned. */
  String sql(String text) {
    try {
      Path file = Files.createTempFile("berth-", ".sql");
      try {
        Files.writeString(file, text);
        String container =
            compose("ps", "-q", "postgres").strip().lines().reduce((a, b) -> b).orElseThrow();
        return must(
            Duration.ofMinutes(1),
            "bash",
            "-c",
            "docker exec -i %s psql -q -A -t -v ON_ERROR_STOP=1 -U postgres -d berth < %s"
                .formatted(container, file));
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The names of the containers that run, by service. */
  String container(String service) {
    return compose("ps", "-q", service).strip().lines().reduce((a, b) -> b).orElseThrow();
  }

  /** Gives nginx a certificate of its own making. */
  static void certificate() {
    Path tls = FOLDER.resolve("tls");
    must(
        Duration.ofMinutes(1),
        "bash",
        "-c",
        "cd %s && openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost -keyout privkey.pem -out fullchain.pem && chmod 644 *.pem"
            .formatted(tls));
  }

  static void withoutCertificate() {
    must(Duration.ofMinutes(1), "bash", "-c", "rm -f " + FOLDER.resolve("tls") + "/*.pem");
  }

  /** As on another machine. */
  static void forgetSecrets() {
    must(
        Duration.ofMinutes(1),
        "bash",
        "-c",
        "rm -r %s && docker/setup --env %s --secrets %s".formatted(SECRETS, ENV, SECRETS));
  }

  /** Removes people's homes, as nothing of compose does. */
  void removeHomes() {
    must(
        Duration.ofMinutes(1),
        "bash",
        "-c",
        """
        docker ps -aq --filter label=berth.instance=%1$s | xargs -r docker rm -f
        docker volume ls -q --filter label=berth.instance=%1$s | xargs -r docker volume rm
        docker network ls -q --filter label=berth.instance=%1$s | xargs -r docker network rm
        """
            .formatted(INSTANCE));
  }

  @Override
  public void close() {
    compose("down", "--volumes", "--remove-orphans");
    removeHomes();
  }

  private static String must(Duration limit, String... words) {
    Command.Outcome outcome = Command.run(limit, List.of(words));
    if (outcome.exitCode() != 0) {
      throw new AssertionError(List.of(words) + ":\n" + outcome.output());
    }
    return outcome.output();
  }

  private Command.Outcome berth(String... words) {
    List<String> all = new ArrayList<>(List.of(Command.CHECKOUT.resolve("berth").toString()));
    all.addAll(List.of(words));
    return Command.run(LIMIT, all);
  }
}
