package io.berth.launcher.installation;

import io.berth.launcher.console.Failure;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The folder with Berth's sources, from which everything is built and started. */
public record Checkout(Path root) {

  /** Set by {@code ./berth} and by the tests' build. */
  public static final String PROPERTY = "berth.checkout";

  public Checkout {
    root = root.toAbsolutePath().normalize();
  }

  /** The checkout that {@code ./berth} named, or the one around the working directory. */
  public static Checkout find() {
    String named = System.getProperty(PROPERTY);
    if (named != null && isCheckout(Path.of(named))) {
      return new Checkout(Path.of(named));
    }
    for (@Nullable Path folder = Path.of("").toAbsolutePath();
        folder != null;
        folder = folder.getParent()) {
      if (isCheckout(folder)) {
        return new Checkout(folder);
      }
    }
    throw new Failure("Berth's checkout was not found: run ./berth from the folder you cloned.");
  }

  private static boolean isCheckout(Path folder) {
    return Files.isRegularFile(folder.resolve("launcher/pom.xml"))
        && Files.isRegularFile(folder.resolve("docker/postgres/roles.sql"));
  }

  public Path file(String relative) {
    return root.resolve(relative);
  }

  /** Where PostgreSQL and Keycloak are unpacked, shared by every installation of this checkout. */
  public Path distributions() {
    return root.resolve(".berth/dist");
  }
}
