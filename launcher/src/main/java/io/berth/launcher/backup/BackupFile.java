package io.berth.launcher.backup;

import io.berth.launcher.console.Failure;
import io.berth.launcher.distribution.Unpacked;
import io.berth.launcher.process.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;

/** One file, readable by its owner only, packed from a folder and unpacked into one. */
record BackupFile(Path file) {

  private static final Duration LIMIT = Duration.ofHours(6);

  /** Fills or reads a folder. */
  @FunctionalInterface
  interface Work<T> {
    T with(Path folder) throws IOException;
  }

  BackupFile {
    file = file.toAbsolutePath().normalize();
  }

  /** Packs what {@code filling} puts into a folder; the file is there whole or not at all. */
  void pack(Work<Manifest> filling) {
    Path partial = file.resolveSibling(file.getFileName() + ".partial");
    inFolder(folder -> {
      filling.with(folder).write(folder);
      Files.deleteIfExists(partial);
      Files.createFile(
          partial,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      tar("-C", folder.toString(), "-czf", partial.toString(), ".");
      return Files.move(
          partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    });
  }

  /** Unpacks it and hands over the folder. */
  void unpack(Work<?> reading) {
    if (!Files.isReadable(file)) {
      throw new Failure("%s can't be read: is that the backup?".formatted(file));
    }
    inFolder(folder -> {
      tar("-C", folder.toString(), "-xzf", file.toString());
      return reading.with(folder);
    });
  }

  static void tar(String... words) {
    Command.Outcome outcome =
        Command.of(
                java.util.stream.Stream.concat(
                        java.util.stream.Stream.of("tar"), java.util.stream.Stream.of(words))
                    .toList())
            .run(LIMIT);
    if (!outcome.succeeded()) {
      throw new Failure(
          "tar failed (%s): check the disk and try again.".formatted(outcome.lastLine()));
    }
  }

  /** Beside the file, where there is room for it. */
  private void inFolder(Work<?> work) {
    try {
      Files.createDirectories(file.resolveSibling("."));
      Path folder =
          Files.createTempDirectory(file.resolveSibling(".").normalize(), ".berth-backup-");
      try {
        work.with(folder);
      } finally {
        Unpacked.delete(folder);
      }
    } catch (IOException e) {
      throw new Failure(
          "%s could not be used (%s): check the disk and the rights on it."
              .formatted(file, e.getMessage()),
          e);
    }
  }
}
