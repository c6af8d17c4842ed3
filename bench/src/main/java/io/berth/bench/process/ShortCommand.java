package io.berth.bench.process;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Programs on the PATH that are run to their end for what they print. */
public final class ShortCommand {

  private static final int MOST_OUTPUT = 1 << 20;

  private ShortCommand() {}

  /** Where a program is, on the PATH or where Debian keeps daemons. */
  public static Optional<Path> find(String program) {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Stream.concat(
            Stream.of(path.split(File.pathSeparator, -1)),
            Stream.of("/usr/sbin", "/usr/local/sbin"))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** What it printed, errors included; nothing if it failed or took longer than the limit. */
  public static Optional<String> output(
      Duration limit, Map<String, String> environment, List<String> command) {
    try {
      Path file = Files.createTempFile("berth-bench-", ".out");
      try {
        ProcessBuilder builder =
            new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(file.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        if (!ended) {
          process.descendants().forEach(ProcessHandle::destroyForcibly);
          process.destroyForcibly();
          return Optional.empty();
        }
        if (process.exitValue() != 0) {
          return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(file)) {
          return Optional.of(
              new String(in.readNBytes(MOST_OUTPUT), StandardCharsets.UTF_8).strip());
        }
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
