package io.berth.launcher.distribution;

import io.berth.launcher.installation.Checkout;
import io.berth.launcher.process.Command;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A Maven that Quarkus' live reload accepts: 3.9 or newer. Older ones build the suite as well. */
public final class RecentMaven {

  private static final Pattern VERSION = Pattern.compile("Apache Maven (\\d+)\\.(\\d+)");

  private RecentMaven() {}

  /** The command of the Maven that is here, if it is recent, else of one fetched by it. */
  public static String command(Checkout checkout) {
    String present = Command.of(Maven.command(), "--version").run(Duration.ofSeconds(30)).output();
    if (isRecent(present)) {
      return Maven.command();
    }
    String version = Versions.pinned().maven();
    Path folder = checkout.distributions().resolve("maven-" + version);
    return Unpacked.once(folder, target -> fill(target, version)).resolve("bin/mvn").toString();
  }

  static boolean isRecent(String versionOutput) {
    Matcher version = VERSION.matcher(versionOutput);
    if (!version.find()) {
      return false;
    }
    int major = Integer.parseInt(version.group(1));
    return major > 3 || (major == 3 && Integer.parseInt(version.group(2)) >= 9);
  }

  private static void fill(Path target, String version) throws IOException {
    Path download = target.resolve("download");
    Path zip = Maven.fetch("org.apache.maven:apache-maven:" + version + ":zip:bin", download);
    Archive.unzip(zip, target);
    Unpacked.delete(download);
    if (!target.resolve("bin/mvn").toFile().setExecutable(true)) {
      throw new IOException("bin/mvn can't be made executable");
    }
  }
}
