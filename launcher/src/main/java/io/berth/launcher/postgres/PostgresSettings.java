package io.berth.launcher.postgres;

import io.berth.launcher.installation.Checkout;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What one server needs to know.
 *
 * @param checkout where {@code docker/postgres/roles.sql} lies
 * @param data the data directory, made at the first start
 * @param log what the server writes
 * @param port on 127.0.0.1
 * @param passwords by role; all of {@link #ROLES}
 * @param durable false only for tests: data may be lost with the machine's power
 */
public record PostgresSettings(
    Checkout checkout,
    Path data,
    Path log,
    int port,
    Map<String, String> passwords,
    boolean durable) {

  /** The superuser's role. */
  public static final String SUPERUSER = "postgres";

  /** Every role that needs a password. */
  public static final List<String> ROLES =
      List.of(SUPERUSER, "berth_session", "berth_auth", "berth_proxy", "keycloak");

  public PostgresSettings {
    passwords = Map.copyOf(passwords);
    if (!passwords.keySet().containsAll(ROLES)) {
      throw new IllegalArgumentException("a password for each of " + ROLES);
    }
  }

  String password(String role) {
    String password = passwords.get(role);
    if (password == null) {
      throw new IllegalArgumentException("no role " + role);
    }
    return password;
  }
}
