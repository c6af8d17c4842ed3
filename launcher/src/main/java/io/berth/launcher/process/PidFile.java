package io.berth.launcher.process;

import io.berth.launcher.console.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * Which process a part runs in: its id and when it began, so that another process that got the same
 * id later is never taken for it.
 */
public record PidFile(Path file) {

  public void keep(ProcessHandle process) {
    try {
      Files.createDirectories(file.resolveSibling("."));
      Files.writeString(file, process.pid() + " " + began(process) + "\n");
    } catch (IOException e) {
      throw new Failure("%s can't be written (%s).".formatted(file, e.getMessage()), e);
    }
  }

  /** The process, if it still is the one that was kept. */
  public Optional<ProcessHandle> running() {
    try {
      String[] words = Files.readString(file).strip().split(" ", -1);
      if (words.length != 2) {
        return Optional.empty();
      }
      long began = Long.parseLong(words[1]);
      return ProcessHandle.of(Long.parseLong(words[0]))
          .filter(ProcessHandle::isAlive)
          .filter(process -> began(process) == began);
    } catch (IOException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  public void forget() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new Failure("%s can't be removed (%s).".formatted(file, e.getMessage()), e);
    }
  }

  private static long began(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
  }
}
