package io.berth.launcher.command;

import io.berth.launcher.console.Failure;
import io.berth.launcher.installation.Installation;
import io.berth.launcher.process.FreePort;
import io.berth.launcher.suite.Part;
import io.berth.launcher.suite.Parts;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What must be so before anything is started; everything that is wrong is said at once. */
final class Checks {

  /** An image build, Keycloak, the build and a first database need about this much. */
  static final long DISK_NEEDED = 5L << 30;

  private Checks() {}

  static void beforeStart(Installation installation, Parts parts) {
    List<String> wrong = new ArrayList<>();
    wrong.addAll(takenPorts(installation, parts));
    if (installation.freeDisk() < DISK_NEEDED) {
      wrong.add(
          "only %d MB are free on the disk of %s: 5 GB are needed."
              .formatted(installation.freeDisk() >> 20, installation.state()));
    }
    if (!wrong.isEmpty()) {
      throw new Failure("nothing was started:\n  - " + String.join("\n  - ", wrong));
    }
  }

  /** Ports that somebody else listens on. */
  static List<String> takenPorts(Installation installation, Parts parts) {
    Set<String> ours = new HashSet<>();
    for (Part part : parts.all()) {
      if (part.process().isPresent()) {
        ours.add(part.name());
      }
    }
    return installation.ports().all().entrySet().stream()
        .filter(entry -> !ours.contains(entry.getValue()))
        .filter(entry -> !FreePort.isFree(entry.getKey()))
        .map(entry ->
            "port %d, which %s needs, is taken: end what listens there (ss -ltnp), or choose another with --port."
                .formatted(entry.getKey(), entry.getValue()))
        .toList();
  }
}
