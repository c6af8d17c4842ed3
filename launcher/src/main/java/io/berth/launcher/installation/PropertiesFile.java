package io.berth.launcher.installation;

import io.berth.launcher.console.Failure;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Supplier;

/** A few values that an installation keeps, readable by its owner only. */
final class PropertiesFile {

  /** Parts start side by side, each with its own view of a file: none may undo another's value. */
  private static final Object ONE_AT_A_TIME = new Object();

  private final Path file;
  private final Properties values = new Properties();

  PropertiesFile(Path file) {
    this.file = file;
    load();
  }

  private void load() {
    if (Files.exists(file)) {
      try (Reader reader = Files.newBufferedReader(file)) {
        values.load(reader);
      } catch (IOException e) {
        throw unusable(e);
      }
    }
  }

  Optional<String> get(String key) {
    return Optional.ofNullable(values.getProperty(key));
  }

  /** The value, made and kept the first time. */
  String getOrKeep(String key, Supplier<String> maker) {
    synchronized (ONE_AT_A_TIME) {
      if (values.getProperty(key) == null) {
        load();
      }
      String value = values.getProperty(key);
      if (value == null) {
        value = maker.get();
        keep(key, value);
      }
      return value;
    }
  }

  void keep(String key, String value) {
    synchronized (ONE_AT_A_TIME) {
      load();
      values.setProperty(key, value);
      store();
    }
  }

  private void store() {
    Path next = file.resolveSibling(file.getFileName() + ".next");
    try {
      Files.createDirectories(file.resolveSibling("."));
      Files.deleteIfExists(next);
      Files.createFile(
          next, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      try (Writer writer = Files.newBufferedWriter(next)) {
        values.store(writer, "Kept by ./berth; removed by ./berth down --purge");
      }
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  private Failure unusable(IOException e) {
    return new Failure(
        "%s can't be used (%s): check the disk and the rights on it."
            .formatted(file, e.getMessage()),
        e);
  }
}
