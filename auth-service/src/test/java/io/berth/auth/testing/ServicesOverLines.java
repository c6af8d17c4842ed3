package io.berth.auth.testing;

import java.util.HashMap;
import java.util.Map;

/** The same servers, reached over lines that the test puts up and cuts. */
public class ServicesOverLines extends RealServices {

  @Override
  public Map<String, String> start() {
    Map<String, String> config = new HashMap<>(super.start());
    System.setProperty(REACHED, "false");
    config.put(
        "quarkus.datasource.jdbc.url",
        "jdbc:postgresql://127.0.0.1:%d/berth".formatted(newLine("database")));
    config.put(
        "quarkus.oidc.auth-server-url",
        "http://127.0.0.1:%d/idp/realms/berth".formatted(newLine("provider")));
    return config;
  }

  /** The line to PostgreSQL, not up yet. */
  public static Line toDatabase() {
    return new Line(Integer.getInteger(property("database"), 0), postgresPort());
  }

  /** The line to Keycloak, not up yet. */
  public static Line toProvider() {
    return new Line(Integer.getInteger(property("provider"), 0), keycloakPort());
  }

  private static int newLine(String name) {
    int port = freePort();
    System.setProperty(property(name), String.valueOf(port));
    return port;
  }

  private static String property(String line) {
    return "test.berth.line." + line;
  }
}
