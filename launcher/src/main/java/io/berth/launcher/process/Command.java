package io.berth.launcher.process;

import io.berth.launcher.console.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A command that is run to its end within a time limit. */
public record Command(
    List<String> words, Map<String, String> environment, @Nullable Path directory) {

  /** How a command ended and what it printed, on both streams. */
  public record Outcome(int exitCode, String output) {

    public boolean succeeded() {
      return exitCode == 0;
    }

    /** The last line that says something; often the reason. */
    public String lastLine() {
      return output.lines().filter(line -> !line.isBlank()).reduce((a, b) -> b).orElse("").strip();
    }
  }

  /** The exit code of a command that could not be started, as a shell would give it. */
  public static final int NOT_FOUND = 127;

  private static final Duration GRACE = Duration.ofSeconds(5);

  public Command {
    words = List.copyOf(words);
    environment = Map.copyOf(environment);
  }

  public static Command of(String... words) {
    return new Command(List.of(words), Map.of(), null);
  }

  public static Command of(List<String> words) {
    return new Command(words, Map.of(), null);
  }

  public Command in(Path folder) {
    return new Command(words, environment, folder);
  }

  public Command with(Map<String, String> variables) {
    return new Command(words, variables, directory);
  }

  /** Runs it to its end; ended by force after {@code limit}. */
  public Outcome run(Duration limit) {
    return run(limit, line -> {});
  }

  /** Runs it to its end and hands over each line as it comes. */
  public Outcome run(Duration limit, Consumer<String> onLine) {
    Process process;
    try {
      ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
      builder.environment().putAll(environment);
      if (directory != null) {
        builder.directory(directory.toFile());
      }
      process = builder.start();
      process.getOutputStream().close();
    } catch (IOException e) {
      return new Outcome(NOT_FOUND, words.getFirst() + ": " + e.getMessage());
    }
    CompletableFuture<String> output = new CompletableFuture<>();
    Thread.ofVirtual().start(() -> output.complete(read(process.getInputStream(), onLine)));
    try {
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new Failure(
            "%s did not end within %d s and was stopped; try again, or run it by hand to see why."
                .formatted(String.join(" ", words), limit.toSeconds()));
      }
      // A daemon that the command left behind may hold the stream open: its words are enough.
      return new Outcome(process.exitValue(), await(output));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure(words.getFirst() + " was interrupted.", e);
    } finally {
      end(process);
    }
  }

  private static void end(Process process) {
    if (!process.isAlive()) {
      return;
    }
    List<ProcessHandle> tree = process.descendants().toList();
    process.destroy();
    try {
      if (!process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    tree.forEach(ProcessHandle::destroy);
  }

  private static String await(CompletableFuture<String> output) throws InterruptedException {
    try {
      return output.get(2, TimeUnit.SECONDS);
    } catch (TimeoutException | java.util.concurrent.ExecutionException e) {
      return "";
    }
  }

  private static String read(InputStream stream, Consumer<String> onLine) {
    StringBuilder text = new StringBuilder();
    try (var reader =
        new java.io.BufferedReader(new java.io.InputStreamReader(stream, StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        text.append(line).append('\n');
        onLine.accept(line);
      }
    } catch (IOException e) {
      text.append(e.getMessage()).append('\n');
    }
    return text.toString();
  }
}
