package io.berth.launcher.process;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How a command runs as root on this machine, if it can without asking anybody. */
public final class AsRoot {

  private AsRoot() {}

  /** The words before such a command: none as root, sudo where it asks no password. */
  public static Optional<List<String>> words() {
    if ("root".equals(System.getProperty("user.name"))) {
      return Optional.of(List.of());
    }
    return Command.of("sudo", "-n", "true").run(Duration.ofSeconds(5)).succeeded()
        ? Optional.of(List.of("sudo", "-n"))
        : Optional.empty();
  }
}
