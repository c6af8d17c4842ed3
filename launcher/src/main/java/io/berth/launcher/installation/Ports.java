package io.berth.launcher.installation;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The ports of one installation, all from the edge's: the others follow at fixed distances, so that
 * a second installation on another port stays clear of the first.
 *
 * @param edge the only one that listens on all addresses
 */
public record Ports(int edge) {

  /** The guide's port. */
  public static final int DEFAULT_EDGE = 5006;

  private static final int MANAGEMENT_DISTANCE = 4000;

  public Ports {
    if (edge < 1024 || edge > 61_000) {
      throw new IllegalArgumentException("the port must be 1024 to 61000");
    }
  }

  public int auth() {
    return edge + 1;
  }

  public int session() {
    return edge + 2;
  }

  public int keycloak() {
    return edge + 3;
  }

  public int postgres() {
    return edge + 4;
  }

  public int edgeManagement() {
    return edge + MANAGEMENT_DISTANCE;
  }

  public int authManagement() {
    return auth() + MANAGEMENT_DISTANCE;
  }

  public int sessionManagement() {
    return session() + MANAGEMENT_DISTANCE;
  }

  public int keycloakManagement() {
    return keycloak() + MANAGEMENT_DISTANCE;
  }

  /** Every port by the part that listens on it. */
  public Map<Integer, String> all() {
    Map<Integer, String> all = new LinkedHashMap<>();
    all.put(edge, "proxy-service");
    all.put(auth(), "auth-service");
    all.put(session(), "session-service");
    all.put(keycloak(), "keycloak");
    all.put(postgres(), "postgres");
    all.put(edgeManagement(), "proxy-service");
    all.put(authManagement(), "auth-service");
    all.put(sessionManagement(), "session-service");
    all.put(keycloakManagement(), "keycloak");
    return all;
  }
}
