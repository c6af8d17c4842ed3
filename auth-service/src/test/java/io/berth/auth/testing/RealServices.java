package io.berth.auth.testing;

import io.berth.launcher.keycloak.KeycloakServer;
import io.berth.launcher.postgres.PostgresServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.Map;

/**
 * A real PostgreSQL and a real Keycloak, started once for the module: test profiles restart the
 * service, not these. They end with the JVM.
 */
public class RealServices implements QuarkusTestResourceLifecycleManager {

  /** At least 32 characters. */
  public static final String KEY_ENCRYPTION_SECRET = "a secret of the tests, long enough for all";

  static final String REACHED = "test.berth.reached";
  private static final String STARTED = "test.berth.started";

  @Override
  public Map<String, String> start() {
    if (System.getProperty(STARTED) == null) {
      startServers();
    }
    Map<String, String> config = new HashMap<>();
    String port = System.getProperty("test.berth.port");
    config.put("quarkus.http.test-port", port);
    config.put("quarkus.management.test-port", "0");
    config.put("berth.public-url", publicUrl());
    config.put("berth.desktop-domain", "desktops.localhost");
    config.put("berth.auth.key-encryption-secret", KEY_ENCRYPTION_SECRET);
    config.put("quarkus.datasource.jdbc.url", jdbcUrl());
    config.put("quarkus.datasource.username", "berth_auth");
    config.put("quarkus.datasource.password", password("berth_auth"));
    config.put("quarkus.oidc.auth-server-url", System.getProperty("test.berth.realm"));
    config.put("quarkus.oidc.client-id", "berth");
    config.put("quarkus.oidc.credentials.secret", System.getProperty("test.berth.client-secret"));
    System.setProperty(REACHED, "true");
    return config;
  }

  /** Whether the service reaches both servers from its start on. */
  public static boolean areReached() {
    return Boolean.getBoolean(REACHED);
  }

  @Override
  public void stop() {
    // Both end by their own shutdown hooks.
  }

  public static String publicUrl() {
    return "http://localhost:" + System.getProperty("test.berth.port");
  }

  public static String jdbcUrl() {
    return System.getProperty("test.berth.jdbc-url");
  }

  /** Of a role of the database, or a person in Keycloak. */
  public static String password(String name) {
    return System.getProperty("test.berth.password." + name);
  }

  public static int keycloakPort() {
    return Integer.getInteger("test.berth.keycloak-port", 0);
  }

  public static int postgresPort() {
    return Integer.getInteger("test.berth.postgres-port", 0);
  }

  /** In system properties, since each test profile loads this class anew. */
  @SuppressWarnings("MustBeClosedChecker")
  private static void startServers() {
    int port = freePort();
    System.setProperty("test.berth.port", String.valueOf(port));
    PostgresServer postgres = PostgresServer.startTemporary();
    System.setProperty("test.berth.jdbc-url", postgres.jdbcUrl());
    System.setProperty("test.berth.postgres-port", String.valueOf(postgres.port()));
    for (String role : new String[] {"berth_auth", "berth_proxy"}) {
      System.setProperty("test.berth.password." + role, postgres.password(role));
    }
    KeycloakServer keycloak =
        KeycloakServer.startTemporary(publicUrl(), "http://127.0.0.1:" + port);
    System.setProperty("test.berth.realm", keycloak.realmUrl());
    System.setProperty("test.berth.keycloak-port", String.valueOf(keycloak.port()));
    System.setProperty("test.berth.client-secret", keycloak.clientSecret());
    for (String person : new String[] {"alice", "bob", "charlie", "admin"}) {
      System.setProperty("test.berth.password." + person, keycloak.password(person));
    }
    System.setProperty(STARTED, "true");
  }

  /** A port that is free now. */
  public static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
