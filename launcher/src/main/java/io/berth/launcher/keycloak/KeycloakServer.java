package io.berth.launcher.keycloak;

import io.berth.launcher.console.Failure;
import io.berth.launcher.distribution.Unpacked;
import io.berth.launcher.installation.Checkout;
import io.berth.launcher.installation.Passwords;
import io.berth.launcher.postgres.PostgresServer;
import io.berth.launcher.process.Detached;
import io.berth.launcher.process.Ending;
import io.berth.launcher.process.FreePort;
import io.berth.launcher.process.Readiness;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A real Keycloak on 127.0.0.1 under {@code /idp} with Berth's realm. It outlives the JVM that
 * starts it.
 */
public final class KeycloakServer implements AutoCloseable {

  private static final Duration START_LIMIT = Duration.ofMinutes(3);
  private static final Duration GRACE = Duration.ofSeconds(15);
  private static final List<String> JVM =
      List.of(
          "-Xms64m",
          "-Xmx256m",
          "-Xss512k",
          "-XX:+UseSerialGC",
          "-XX:+UseCompactObjectHeaders",
          "-XX:TieredStopAtLevel=1",
          "-XX:MaxMetaspaceSize=256m",
          "-XX:ReservedCodeCacheSize=64m");

  private final KeycloakSettings settings;
  private final KeycloakDistribution distribution;
  private final List<AutoCloseable> temporary;
  private @Nullable ProcessHandle process;

  private KeycloakServer(KeycloakSettings settings, List<AutoCloseable> temporary) {
    this.settings = settings;
    this.distribution = KeycloakDistribution.unpack(settings.checkout());
    this.temporary = temporary;
  }

  /** The server that these settings describe, not started yet. */
  public static KeycloakServer of(KeycloakSettings settings) {
    return new KeycloakServer(settings, List.of());
  }

  /** Unpacks and builds the distribution ahead of the first start; where it is. */
  public static Path prepare(Checkout checkout) {
    return KeycloakDistribution.unpack(checkout).folder();
  }

  /** A server for tests with a database of its own, gone after {@link #close}. */
  public static KeycloakServer startTemporary(String publicUrl) {
    return startTemporary(publicUrl, "http://127.0.0.1:5007");
  }

  /** The same, telling another auth-service of sign-outs. */
  public static KeycloakServer startTemporary(String publicUrl, String authServiceUrl) {
    PostgresServer postgres = PostgresServer.startTemporary();
    try {
      Path folder = Files.createTempDirectory("berth-keycloak-");
      Map<String, String> secrets = new HashMap<>();
      KeycloakSettings.SECRETS.forEach(name -> secrets.put(name, Passwords.random(24)));
      secrets.put("database", postgres.password("keycloak"));
      KeycloakSettings settings =
          new KeycloakSettings(
              Checkout.find(),
              folder,
              folder.resolve("keycloak.log"),
              FreePort.any(),
              FreePort.any(),
              publicUrl,
              authServiceUrl,
              postgres.jdbcUrl("keycloak"),
              secrets);
      KeycloakServer server =
          new KeycloakServer(settings, List.of(postgres, () -> Unpacked.delete(folder)));
      Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(server::close));
      server.awaitReady(server.start());
      return server;
    } catch (IOException e) {
      postgres.close();
      throw new UncheckedIOException(e);
    }
  }

  /** Starts it without waiting; see {@link #awaitReady}. */
  public ProcessHandle start() {
    try {
      makeHome();
    } catch (IOException e) {
      throw new Failure(
          "Keycloak's folder %s can't be made (%s): check the disk and the rights on it."
              .formatted(settings.home(), e.getMessage()),
          e);
    }
    ProcessHandle started =
        new Detached(
                KeycloakDistribution.java(
                    distribution.folder(),
                    settings.home(),
                    JVM,
                    "start",
                    "--optimized",
                    "--import-realm"),
                environment(),
                settings.home(),
                settings.log())
            .start();
    process = started;
    return started;
  }

  /** Waits until it answers; the first start fills its database and takes longest. */
  public void awaitReady(ProcessHandle started) {
    switch (readiness().await(started, START_LIMIT)) {
      case Readiness.Answer.Ready _ -> new ClientAddresses(settings).keepCurrent();
      case Readiness.Answer.Died _ ->
          throw new Failure("Keycloak ended while starting: see " + settings.log() + ".");
      case Readiness.Answer.NotYet(String reason) ->
          throw new Failure(
              "Keycloak %s after %d s: see %s."
                  .formatted(reason, START_LIMIT.toSeconds(), settings.log()));
    }
  }

  public Readiness readiness() {
    return new Readiness(
        URI.create("http://127.0.0.1:%d/health/ready".formatted(settings.managementPort())));
  }

  /** Stops what {@link #start} started; a temporary one leaves nothing behind. */
  @Override
  public synchronized void close() {
    if (process != null) {
      Ending.end(process, GRACE);
      process = null;
    }
    for (AutoCloseable each : temporary) {
      try {
        each.close();
      } catch (Exception e) {
        throw new Failure("The temporary Keycloak left something behind: " + e.getMessage(), e);
      }
    }
  }

  KeycloakSettings settings() {
    return settings;
  }

  public int port() {
    return settings.port();
  }

  /** The realm as services on this machine reach it; its issuer is under the public URL. */
  public String realmUrl() {
    return "http://127.0.0.1:%d/idp/realms/berth".formatted(settings.port());
  }

  /** The secret of the client {@code berth}. */
  public String clientSecret() {
    return settings.secret("client");
  }

  /** The password of {@code alice}, {@code bob}, {@code charlie} or {@code admin}. */
  public String password(String user) {
    if (!KeycloakSettings.PEOPLE.contains(user)) {
      throw new IllegalArgumentException("nobody called " + user);
    }
    return settings.secret(user);
  }

  /** A home of its own beside the shared distribution: two servers never share a file. */
  private void makeHome() throws IOException {
    Path imports = settings.home().resolve("data/import");
    Files.createDirectories(imports);
    for (String shared : List.of("bin", "conf", "lib", "providers", "themes")) {
      Path link = settings.home().resolve(shared);
      Files.deleteIfExists(link);
      Files.createSymbolicLink(link, distribution.folder().resolve(shared));
    }
    Files.copy(
        settings.checkout().file("docker/keycloak/berth-realm.json"),
        imports.resolve("berth-realm.json"),
        StandardCopyOption.REPLACE_EXISTING);
  }

  private Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>(KeycloakDistribution.BUILD_OPTIONS);
    environment.put("KC_DB_URL", settings.jdbcUrl());
    environment.put("KC_DB_USERNAME", "keycloak");
    environment.put("KC_DB_PASSWORD", settings.secret("database"));
    environment.put("KC_DB_POOL_INITIAL_SIZE", "1");
    environment.put("KC_DB_POOL_MIN_SIZE", "1");
    environment.put("KC_DB_POOL_MAX_SIZE", "15");
    environment.put("KC_HTTP_ENABLED", "true");
    environment.put("KC_HTTP_HOST", "127.0.0.1");
    environment.put("KC_HTTP_PORT", String.valueOf(settings.port()));
    environment.put("KC_HTTP_MANAGEMENT_HOST", "127.0.0.1");
    environment.put("KC_HTTP_MANAGEMENT_PORT", String.valueOf(settings.managementPort()));
    environment.put("KC_HOSTNAME", settings.publicUrl() + "/idp");
    environment.put("KC_HOSTNAME_BACKCHANNEL_DYNAMIC", "true");
    environment.put("KC_PROXY_HEADERS", "xforwarded");
    environment.put("KC_LOG_CONSOLE_COLOR", "false");
    // What docker/keycloak/berth-realm.json leaves open.
    environment.put("BERTH_REALM_PUBLIC_URL", settings.publicUrl());
    environment.put("BERTH_REALM_AUTH_SERVICE", settings.authServiceUrl());
    environment.put("BERTH_REALM_CLIENT_SECRET", settings.secret("client"));
    environment.put("BERTH_REALM_LAUNCHER_SECRET", settings.secret("launcher"));
    for (String person : KeycloakSettings.PEOPLE) {
      environment.put(
          "BERTH_REALM_%s_PASSWORD".formatted(person.toUpperCase(Locale.ROOT)),
          settings.secret(person));
    }
    return environment;
  }
}
