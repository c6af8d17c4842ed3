package io.berth.launcher.suite;

import io.berth.launcher.installation.Installation;
import io.berth.launcher.installation.Ports;
import io.berth.launcher.installation.Secrets;
import io.berth.launcher.keycloak.KeycloakServer;
import io.berth.launcher.keycloak.KeycloakSettings;
import io.berth.launcher.process.Ending;
import io.berth.launcher.process.PidFile;
import io.berth.launcher.process.Readiness;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The embedded Keycloak. */
final class IdentityProvider implements Part {

  static final String NAME = "keycloak";

  private static final Duration GRACE = Duration.ofSeconds(15);

  private final Installation installation;
  private final PidFile pidFile;

  IdentityProvider(Installation installation) {
    this.installation = installation;
    this.pidFile = new PidFile(installation.pidFile(NAME));
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int port() {
    return installation.ports().keycloak();
  }

  @Override
  public Optional<ProcessHandle> process() {
    return pidFile.running();
  }

  @Override
  public Readiness.Answer health() {
    return new Readiness(
            URI.create(
                "http://127.0.0.1:%d/health/ready"
                    .formatted(installation.ports().keycloakManagement())))
        .ask();
  }

  @Override
  public void start() {
    KeycloakServer server = KeycloakServer.of(settings());
    ProcessHandle process = server.start();
    pidFile.keep(process);
    server.awaitReady(process);
  }

  @Override
  public void stop() {
    process().ifPresent(process -> Ending.end(process, GRACE));
    pidFile.forget();
  }

  private KeycloakSettings settings() {
    Ports ports = installation.ports();
    Secrets secrets = installation.secrets();
    Map<String, String> values = new HashMap<>(secrets.passwordsOfPeople());
    values.put(
        "database", secrets.databasePasswords(java.util.List.of("keycloak")).get("keycloak"));
    values.put("client", secrets.clientSecret());
    values.put("launcher", secrets.keycloakLauncher());
    return new KeycloakSettings(
        installation.checkout(),
        installation.state().resolve("keycloak"),
        installation.log(NAME),
        ports.keycloak(),
        ports.keycloakManagement(),
        installation.publicUrl(),
        "http://127.0.0.1:" + ports.auth(),
        "jdbc:postgresql://127.0.0.1:%d/keycloak".formatted(ports.postgres()),
        values);
  }
}
