package io.berth.bench.peer;

import io.berth.bench.process.ShortCommand;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Installs the peers and wrk on Debian and its kin, as root, when asked to. */
public final class DebianPackages {

  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

  private DebianPackages() {}

  /** Installs what is missing; says what happened, for the person who asked. */
  public static String install() {
    List<String> missing =
        Stream.of("nginx", "haproxy", "caddy", "wrk")
            .filter(program -> ShortCommand.find(program).isEmpty())
            .toList();
    if (missing.isEmpty()) {
      return "nginx, haproxy, caddy and wrk are installed already.";
    }
    Optional<Path> apt = ShortCommand.find("apt-get");
    if (apt.isEmpty() || !"root".equals(System.getProperty("user.name"))) {
      return "--install needs Debian or Ubuntu and root; install by hand: "
          + String.join(", ", missing);
    }
    run(apt.get(), List.of("update", "-q"));
    // One by one: a distribution that lacks one still gives the others.
    List<String> failed =
        missing.stream()
            .filter(program ->
                run(apt.get(), List.of("install", "-y", "-q", "--no-install-recommends", program))
                    .isEmpty())
            .toList();
    missing.stream().filter(program -> !failed.contains(program)).forEach(DebianPackages::quieten);
    return failed.isEmpty()
        ? "Installed " + String.join(", ", missing) + "."
        : "apt-get could not install " + String.join(", ", failed) + ".";
  }

  private static Optional<String> run(Path apt, List<String> words) {
    return ShortCommand.output(
        LIMIT,
        Map.of("DEBIAN_FRONTEND", "noninteractive"),
        Stream.concat(Stream.of(apt.toString()), words.stream()).toList());
  }

  /** Debian starts a daemon with its package, on port 80: the benchmark starts its own. */
  private static void quieten(String service) {
    ShortCommand.find("systemctl")
        .ifPresent(systemctl ->
            ShortCommand.output(
                STOP_LIMIT, Map.of(), List.of(systemctl.toString(), "disable", "--now", service)));
  }
}
