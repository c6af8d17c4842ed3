package io.berth.launcher.command;

import static io.berth.launcher.doctor.Finding.well;
import static io.berth.launcher.doctor.Finding.wrong;

import io.berth.launcher.doctor.Finding;
import io.berth.launcher.doctor.LookAtDesktops;
import io.berth.launcher.doctor.LookFromOutside;
import io.berth.launcher.engine.Engine;
import io.berth.launcher.engine.FindEngine;
import io.berth.launcher.firewall.Firewall;
import io.berth.launcher.image.DesktopImage;
import io.berth.launcher.installation.Installation;
import io.berth.launcher.process.Readiness;
import io.berth.launcher.suite.Part;
import io.berth.launcher.suite.Parts;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Looks at what Berth needs of this machine and names the fix of what is wrong. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description = "Look for what is wrong on this machine, and how to mend it.")
final class Doctor implements Callable<Integer> {

  private static final long MEMORY_NEEDED = 4L << 30;
  private static final String OWNER = "berth_session";

  @Mixin private Target target = new Target();

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "Where browsers reach it, if something is in front: https://desk.example.com")
  private @Nullable String url;

  @Override
  public Integer call() {
    Installation installation = target.installation();
    List<Finding> findings = new ArrayList<>();
    findings.add(well("JDK", Runtime.version() + " in " + System.getProperty("java.home")));
    findings.add(disk(installation));
    findings.add(memory());
    findings.add(host(installation));
    engine(installation, findings);
    parts(installation, findings);
    if (installation.exists()) {
      findings.addAll(new LookFromOutside(url == null ? installation.publicUrl() : url).look());
    }
    findings.add(browser());
    for (Finding finding : findings) {
      System.out.printf(
          "%s %-18s %s%n", finding.isWell() ? "✓" : "✗", finding.subject(), finding.seen());
      finding.fix().ifPresent(fix -> System.out.printf("  %-18s → %s%n", "", fix));
    }
    return findings.stream().allMatch(Finding::isWell) ? 0 : 1;
  }

  private static Finding disk(Installation installation) {
    long free = installation.freeDisk();
    String seen = "%d GB free".formatted(free >> 30);
    return free >= Checks.DISK_NEEDED
        ? well("disk", seen)
        : wrong(
            "disk",
            seen,
            "free some of the disk of %s: 5 GB are needed".formatted(installation.state()));
  }

  private static Finding memory() {
    if (java.lang.management.ManagementFactory.getOperatingSystemMXBean()
        instanceof com.sun.management.OperatingSystemMXBean system) {
      long total = system.getTotalMemorySize();
      String seen = "%d GB".formatted(total >> 30);
      return total >= MEMORY_NEEDED
          ? well("memory", seen)
          : wrong(
              "memory",
              seen,
              "the parts take 1.5 GB and each desktop up to its limit: use a larger machine");
    }
    return well("memory", "unknown on this JVM");
  }

  private static Finding host(Installation installation) {
    try {
      InetAddress address = InetAddress.getByName(installation.host());
      return well(
          "address", "%s (%s)".formatted(installation.publicUrl(), address.getHostAddress()));
    } catch (UnknownHostException e) {
      return wrong(
          "address",
          installation.publicUrl() + " does not resolve",
          "correct %s in .env, or add the name to DNS".formatted(Installation.HOST_KEY));
    }
  }

  private static void engine(Installation installation, List<Finding> findings) {
    Optional<Engine> running = new FindEngine(installation).running();
    if (running.isEmpty()) {
      findings.add(
          wrong(
              "engine",
              "none answers",
              "start Docker or Podman, or let ./berth up do it (Debian/Ubuntu, as root or with"
                  + " sudo)"));
      return;
    }
    try (Engine engine = running.get()) {
      findings.add(well("engine", "%s at %s".formatted(engine.version(), engine.address())));
      firewall(installation, findings);
      for (DesktopImage image : DesktopImage.inCatalogue(installation.checkout())) {
        findings.add(
            image
                .present(engine)
                .map(present -> well("image", image.type() + ": " + present))
                .orElseGet(() ->
                    wrong(
                        "image", image.type() + ": none", "./berth images build " + image.type())));
      }
      if (installation.exists()) {
        findings.addAll(desktops(installation).look(engine.desktops(installation.id())));
      }
    }
  }

  private static LookAtDesktops desktops(Installation installation) {
    return new LookAtDesktops(
        "jdbc:postgresql://127.0.0.1:%d/berth".formatted(installation.ports().postgres()),
        String.valueOf(installation.secrets().databasePasswords(List.of(OWNER)).get(OWNER)));
  }

  private static void firewall(Installation installation, List<Finding> findings) {
    if (!installation.exists()) {
      return;
    }
    String subject = "firewall";
    findings.add(
        switch (Walls.of(installation).state()) {
          case Firewall.Closed() ->
              well(subject, "desktops reach neither this machine nor its networks");
          case Firewall.Open() ->
              wrong(
                  subject,
                  "desktops reach what this machine serves on all addresses",
                  "./berth firewall, as root; --print shows the rules");
          case Firewall.Unknown(String reason) ->
              well(
                  subject,
                  "can't be told: %s; ./berth firewall --print shows the rules".formatted(reason));
        });
  }

  private static void parts(Installation installation, List<Finding> findings) {
    Parts parts = new Parts(installation, () -> "");
    Checks.takenPorts(installation, parts)
        .forEach(taken -> findings.add(wrong("ports", taken, "or ./berth up --port PORT")));
    if (!installation.exists()) {
      return;
    }
    for (Part part : parts.all()) {
      if (part.process().isEmpty()) {
        findings.add(wrong(part.name(), "does not run", "./berth up"));
      } else if (part.health() instanceof Readiness.Answer.NotYet(String reason)) {
        findings.add(wrong(part.name(), reason, "./berth logs " + part.name()));
      } else {
        findings.add(well(part.name(), "ready on port " + part.port()));
      }
    }
  }

  private static Finding browser() {
    return Test.BROWSERS.stream()
        .filter(Files::isExecutable)
        .findFirst()
        .map(browser -> well("browser for tests", browser.toString()))
        .orElseGet(
            () -> well("browser for tests", "none yet; ./berth test installs Debian's chromium"));
  }
}
