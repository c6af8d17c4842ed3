package io.berth.launcher.distribution;

import io.berth.launcher.console.Failure;
import io.berth.launcher.process.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Maven as a courier: brings one artifact from where this machine's settings say. */
public final class Maven {

  private static final String COPY = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy";
  private static final Duration LIMIT = Duration.ofMinutes(15);

  private Maven() {}

  /** The command, as {@code ./berth} found it. */
  public static String command() {
    return System.getProperty("berth.mvn", "mvn");
  }

  /** Brings {@code group:artifact:version:type} into a folder and returns the file. */
  public static Path fetch(String artifact, Path folder) throws IOException {
    Files.createDirectories(folder);
    List<String> words =
        List.of(
            command(), "-q", "-B", COPY, "-Dartifact=" + artifact, "-DoutputDirectory=" + folder);
    // Outside any project, so that a broken or half-edited one can't stand in the way.
    Command.Outcome outcome = run(words, folder, "-o");
    if (!outcome.succeeded()) {
      outcome = run(words, folder);
    }
    if (!outcome.succeeded()) {
      throw new Failure(
          "Maven could not fetch %s (%s): check the network and ~/.m2/settings.xml, then try again."
              .formatted(artifact, outcome.lastLine()));
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(Files::isRegularFile)
          .findFirst()
          .orElseThrow(() -> new Failure("Maven fetched no file for " + artifact + "."));
    }
  }

  private static Command.Outcome run(List<String> words, Path folder, String... more) {
    List<String> all = Stream.concat(words.stream(), Stream.of(more)).toList();
    return Command.of(all)
        .in(folder)
        .with(java.util.Map.of("JAVA_HOME", System.getProperty("java.home")))
        .run(LIMIT);
  }
}
