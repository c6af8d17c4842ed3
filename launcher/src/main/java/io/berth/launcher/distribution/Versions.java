package io.berth.launcher.distribution;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;

/** The versions of what is fetched, as the root pom.xml pins them. */
public record Versions(String postgres, String keycloak, String maven) {

  public static Versions pinned() {
    Properties properties = new Properties();
    try (InputStream stream =
        Objects.requireNonNull(Versions.class.getResourceAsStream("versions.properties"))) {
      properties.load(stream);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Versions(
        Objects.requireNonNull(properties.getProperty("postgres")),
        Objects.requireNonNull(properties.getProperty("keycloak")),
        Objects.requireNonNull(properties.getProperty("maven")));
  }
}
