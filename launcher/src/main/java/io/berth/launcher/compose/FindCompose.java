package io.berth.launcher.compose;

import io.berth.launcher.console.Failure;
import io.berth.launcher.distribution.Unpacked;
import io.berth.launcher.installation.Checkout;
import io.berth.launcher.process.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The command of Docker Compose 2.23 or newer: the plugin or program that is here, else Debian's
 * package, unpacked beside the other distributions and not installed.
 */
public final class FindCompose {

  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final Pattern VERSION = Pattern.compile("(?<!\\d)(\\d+)\\.(\\d+)\\.\\d+");
  private static final String PROGRAM = "usr/libexec/docker/cli-plugins/docker-compose";

  private final Checkout checkout;

  public FindCompose(Checkout checkout) {
    this.checkout = checkout;
  }

  /** The words that start it. */
  public List<String> command() {
    return Stream.of(List.of("docker", "compose"), List.of("docker-compose"))
        .filter(FindCompose::isRecent)
        .findFirst()
        .orElseGet(() -> List.of(unpacked().resolve(PROGRAM).toString()));
  }

  private static boolean isRecent(List<String> words) {
    Command.Outcome outcome =
        Command.of(Stream.concat(words.stream(), Stream.of("version", "--short")).toList())
            .run(Duration.ofSeconds(20));
    return outcome.succeeded() && isRecent(outcome.output());
  }

  static boolean isRecent(String version) {
    Matcher matcher = VERSION.matcher(version);
    if (!matcher.find()) {
      return false;
    }
    int major = Integer.parseInt(matcher.group(1));
    return major > 2 || (major == 2 && Integer.parseInt(matcher.group(2)) >= 23);
  }

  private Path unpacked() {
    Path folder = checkout.distributions().resolve("docker-compose");
    if (!Files.exists(folder)) {
      System.err.println(
          "  No Docker Compose 2.23 or newer here: unpacking Debian's package docker-compose into "
              + folder
              + ".");
    }
    return Unpacked.once(folder, FindCompose::fetch);
  }

  /** From Debian's unstable suite, with lists of our own: the machine's apt settings stay. */
  private static void fetch(Path folder) throws IOException {
    Path apt = folder.resolve("apt");
    Files.createDirectories(apt.resolve("lists/partial"));
    Files.createDirectories(apt.resolve("cache/archives/partial"));
    Path sources = apt.resolve("sources.list");
    Files.writeString(
        sources,
        "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] %s sid main\n"
            .formatted(mirror(folder)));
    List<String> options =
        List.of(
            "-qq",
            "-o",
            "Dir::Etc::SourceList=" + sources,
            "-o",
            "Dir::Etc::SourceParts=/dev/null",
            "-o",
            "Dir::State::Lists=" + apt.resolve("lists"),
            "-o",
            "Dir::Cache=" + apt.resolve("cache"),
            "-o",
            "APT::Sandbox::User=root");
    apt(folder, options, "update");
    apt(folder, options, "download", "docker-compose");
    try (Stream<Path> files = Files.list(folder)) {
      Path archive =
          files
              .filter(file -> file.toString().endsWith(".deb"))
              .findFirst()
              .orElseThrow(() -> new IOException("apt brought no package"));
      run(folder, List.of("dpkg", "-x", archive.toString(), folder.toString()));
      Files.delete(archive);
    }
    Unpacked.delete(apt);
  }

  /** Where this machine gets its Debian packages. */
  private static String mirror(Path folder) {
    Path uris = folder.resolve("mirrors");
    run(
        folder,
        List.of(
            "sh",
            "-c",
            "apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Component: main'"
                + " | grep -E '/debian/?$' | sort -u > '%s'".formatted(uris)));
    try (Stream<String> lines = Files.lines(uris)) {
      return lines.findFirst().orElseThrow();
    } catch (IOException | NoSuchElementException e) {
      throw new Failure(
          "Docker Compose is missing, and this machine's apt names no Debian mirror to bring it from: install it (https://docs.docker.com/compose/install/) and try again.",
          e);
    }
  }

  private static void apt(Path folder, List<String> options, String... what) {
    List<String> words = new ArrayList<>(List.of("apt-get"));
    words.addAll(options);
    words.addAll(List.of(what));
    run(folder, words);
  }

  private static void run(Path folder, List<String> words) {
    Command.Outcome outcome = Command.of(words).in(folder).run(LIMIT);
    if (!outcome.succeeded()) {
      throw new Failure(
          "Docker Compose is missing and could not be brought (%s): install it (https://docs.docker.com/compose/install/) and try again."
              .formatted(outcome.lastLine()));
    }
  }
}
