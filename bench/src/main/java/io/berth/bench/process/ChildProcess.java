package io.berth.bench.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** A process of ours with the workers that it started; ended as one, by id. */
public final class ChildProcess implements AutoCloseable {

  private static final int SECONDS_TO_END = 5;

  private final String name;
  private final Process process;
  private final Path log;

  private ChildProcess(String name, Process process, Path log) {
    this.name = name;
    this.process = process;
    this.log = log;
  }

  /**
   * Starts a program; its output goes to a log, and the writing end of its input stays with us, so
   * that a child that reads it sees our end.
   */
  public static ChildProcess start(
      String name, List<String> command, Map<String, String> environment, Path log)
      throws IOException {
    Files.createDirectories(log.resolveSibling("."));
    File file = log.toFile();
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(file));
    builder.environment().putAll(environment);
    return new ChildProcess(name, builder.start(), log);
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** The last lines of its log, for a message about its failure. */
  public String lastWords() {
    try (Stream<String> lines = Files.lines(log)) {
      List<String> all = lines.limit(10_000).toList();
      return String.join("\n", all.subList(Math.max(0, all.size() - 8), all.size()));
    } catch (IOException e) {
      return "(no log: " + e.getMessage() + ")";
    }
  }

  /** What the kernel charges it and its workers for. */
  public Footprint footprint() {
    return Footprint.of(family());
  }

  private List<ProcessHandle> family() {
    return Stream.concat(Stream.of(process.toHandle()), process.descendants()).toList();
  }

  /** Asks the first process, which ends its workers; then asks the workers; then ends them all. */
  @Override
  public void close() {
    List<ProcessHandle> family = family();
    process.destroy();
    if (ended(family.subList(0, 1))) {
      family.forEach(ProcessHandle::destroy);
    }
    if (!ended(family)) {
      family.forEach(ProcessHandle::destroyForcibly);
      if (!ended(family)) {
        System.err.println("bench: " + this + " does not end");
      }
    }
  }

  private static boolean ended(List<ProcessHandle> family) {
    try {
      CompletableFuture.allOf(
              family.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new))
          .get(SECONDS_TO_END, TimeUnit.SECONDS);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException | TimeoutException e) {
      return false;
    }
  }

  @Override
  public String toString() {
    return name + " (process " + process.pid() + ")";
  }
}
