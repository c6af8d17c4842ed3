package io.berth.launcher.compose;

import io.berth.launcher.console.Failure;
import io.berth.launcher.installation.Checkout;
import io.berth.launcher.process.Command;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The suite of docker/compose.yml with one file of settings.
 *
 * @param env the settings, such as docker/.env
 */
public record ComposeProject(Checkout checkout, Path env) {

  private static final Duration LIMIT = Duration.ofMinutes(10);

  /** The project of {@code docker/.env}, or of another file of settings. */
  public static ComposeProject of(Checkout checkout, Optional<Path> env) {
    return new ComposeProject(
        checkout, env.orElseGet(() -> checkout.file("docker/.env")).toAbsolutePath());
  }

  /** The words of a compose command on this project. */
  public List<String> words(List<String> arguments) {
    List<String> words = new ArrayList<>(new FindCompose(checkout).command());
    words.addAll(
        List.of(
            "-f", checkout.file("docker/compose.yml").toString(), "--env-file", env.toString()));
    words.addAll(arguments);
    return words;
  }

  /** Runs a compose command; its output. */
  public String run(String... arguments) {
    Command.Outcome outcome = Command.of(words(List.of(arguments))).run(LIMIT);
    if (!outcome.succeeded()) {
      throw new Failure(
          "docker compose %s failed (%s): mend that and try again."
              .formatted(arguments[0], outcome.lastLine()));
    }
    return outcome.output();
  }

  /**
   * Runs a command in PostgreSQL's container by a shell, its input and output files of this host.
   */
  public void inPostgres(String command, Optional<Path> input, Optional<Path> output) {
    List<String> words = words(List.of("exec", "-T", "postgres", "/bin/bash", "-ceu", command));
    ProcessBuilder builder = new ProcessBuilder(words);
    builder.redirectInput(input.orElse(Path.of("/dev/null")).toFile());
    builder.redirectOutput(output.orElse(Path.of("/dev/null")).toFile());
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    try {
      if (builder.start().waitFor() != 0) {
        throw new Failure(
            "PostgreSQL's container could not do its part: see above; is it running (docker compose ps)?");
      }
    } catch (java.io.IOException e) {
      throw new Failure("docker compose could not be run (%s).".formatted(e.getMessage()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure("Interrupted.", e);
    }
  }
}
