package io.berth.launcher.distribution;

import io.berth.launcher.console.Failure;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder that is made whole or not at all, once, however many processes ask for it. */
public final class Unpacked {

  private static final Object ONE_AT_A_TIME = new Object();

  /** Fills an empty folder. */
  @FunctionalInterface
  public interface Filling {
    void fill(Path folder) throws IOException;
  }

  private Unpacked() {}

  /** The folder, filled now or on an earlier call. */
  public static Path once(Path folder, Filling filling) {
    if (Files.isDirectory(folder)) {
      return folder;
    }
    Path parent = folder.resolveSibling(".");
    Path partial = folder.resolveSibling(folder.getFileName() + ".partial");
    // A file lock keeps processes apart, the monitor the threads of one.
    synchronized (ONE_AT_A_TIME) {
      try {
        Files.createDirectories(parent);
        try (FileChannel channel =
                FileChannel.open(
                    folder.resolveSibling(folder.getFileName() + ".lock"),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE);
            FileLock _ = channel.lock()) {
          if (!Files.isDirectory(folder)) {
            delete(partial);
            Files.createDirectories(partial);
            filling.fill(partial);
            Files.move(partial, folder, StandardCopyOption.ATOMIC_MOVE);
          }
        }
      } catch (IOException e) {
        throw new Failure(
            "%s could not be unpacked (%s): check the disk and the rights on that folder."
                .formatted(folder, e.getMessage()),
            e);
      }
    }
    return folder;
  }

  /** Removes a folder with all it holds; links are removed, not followed. */
  public static void delete(Path folder) throws IOException {
    if (!Files.exists(folder, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    List<Path> all;
    try (Stream<Path> walk = Files.walk(folder)) {
      all = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : all) {
      Files.deleteIfExists(path);
    }
  }
}
