package io.berth.session.portal;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** The portal's files are served while PostgreSQL is away; nothing listens on this port. */
public final class WithoutDatabase implements QuarkusTestProfile {

  @Override
  public Map<String, String> getConfigOverrides() {
    return Map.of(
        "quarkus.datasource.jdbc.url", "jdbc:postgresql://127.0.0.1:1/berth",
        "quarkus.datasource.username", "berth_session",
        "quarkus.datasource.password", "none");
  }
}
