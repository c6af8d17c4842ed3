package io.berth.launcher.keycloak;

import io.berth.launcher.installation.Checkout;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What one server needs to know.
 *
 * @param checkout where {@code docker/keycloak/berth-realm.json} lies
 * @param home its folder: imported realm, temporary files
 * @param log what it writes
 * @param port on 127.0.0.1
 * @param managementPort health, on 127.0.0.1
 * @param publicUrl what browsers see of Berth, without a slash at the end
 * @param authServiceUrl where it tells of sign-outs
 * @param jdbcUrl its database
 * @param secrets {@code database}, {@code client}, {@code launcher} and one per person
 */
public record KeycloakSettings(
    Checkout checkout,
    Path home,
    Path log,
    int port,
    int managementPort,
    String publicUrl,
    String authServiceUrl,
    String jdbcUrl,
    Map<String, String> secrets) {

  /** The people of a new realm. */
  public static final List<String> PEOPLE = List.of("alice", "bob", "charlie", "admin");

  /** Everything that needs a secret. */
  public static final List<String> SECRETS =
      List.of("database", "client", "launcher", "alice", "bob", "charlie", "admin");

  public KeycloakSettings {
    secrets = Map.copyOf(secrets);
    if (!secrets.keySet().containsAll(SECRETS)) {
      throw new IllegalArgumentException("a secret for each of " + SECRETS);
    }
  }

  String secret(String name) {
    String secret = secrets.get(name);
    if (secret == null) {
      throw new IllegalArgumentException("no secret " + name);
    }
    return secret;
  }

  /** The same server under another public URL. */
  KeycloakSettings at(String otherPublicUrl) {
    return new KeycloakSettings(
        checkout,
        home,
        log,
        port,
        managementPort,
        otherPublicUrl,
        authServiceUrl,
        jdbcUrl,
        secrets);
  }
}
