package io.berth.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A command run to its end, as a person would run it in the checkout. */
final class Command {

  static final Path CHECKOUT = Path.of(System.getProperty("berth.checkout"));

  /** What a command printed and how it ended. */
  record Outcome(int exitCode, String output) {}

  private Command() {}

  static Outcome run(Duration limit, List<String> words) {
    try {
      Path output = Files.createTempFile("berth-e2e-", ".out");
      try {
        Process process =
            new ProcessBuilder(words)
                .directory(CHECKOUT.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        process.getOutputStream().close();
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
          process.destroy();
          throw new AssertionError(
              "%s did not end within %s:%n%s".formatted(words, limit, text(output)));
        }
        return new Outcome(process.exitValue(), text(output));
      } finally {
        Files.delete(output);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static String text(Path output) throws IOException {
    return new String(Files.readAllBytes(output), StandardCharsets.UTF_8);
  }
}
