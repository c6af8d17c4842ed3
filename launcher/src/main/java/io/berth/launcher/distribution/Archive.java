package io.berth.launcher.distribution;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** A distribution's zip file. */
public final class Archive {

  private Archive() {}

  /** Fills a folder with what is in the archive's one top folder. */
  public static void unzip(Path zip, Path target) throws IOException {
    try (ZipInputStream stream =
        new ZipInputStream(new BufferedInputStream(Files.newInputStream(zip)))) {
      for (ZipEntry entry = stream.getNextEntry(); entry != null; entry = stream.getNextEntry()) {
        Path name = Path.of(entry.getName());
        if (name.getNameCount() < 2) {
          continue;
        }
        Path path = target.resolve(name.subpath(1, name.getNameCount())).normalize();
        if (!path.startsWith(target)) {
          throw new IOException("entry outside the folder: " + name);
        }
        if (entry.isDirectory()) {
          Files.createDirectories(path);
        } else {
          Files.createDirectories(path.resolveSibling("."));
          Files.copy(stream, path);
        }
      }
    }
  }
}
