package io.berth.launcher.backup;

import io.berth.launcher.engine.Engine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;

/** People's homes: each volume as an archive, with its labels beside it. */
record Homes(Engine engine, String instance) {

  private static final String ARCHIVE = ".tar";
  private static final String LABELS = ".labels";

  /** Copies all homes of the instance into a folder; returns how many. */
  int copyTo(Path folder) throws IOException {
    Files.createDirectories(folder);
    Map<String, Map<String, String>> volumes = engine.volumes(instance);
    for (Map.Entry<String, Map<String, String>> volume : volumes.entrySet()) {
      engine.readVolume(volume.getKey(), folder.resolve(volume.getKey() + ARCHIVE));
      Properties labels = new Properties();
      labels.putAll(volume.getValue());
      try (var writer = Files.newBufferedWriter(folder.resolve(volume.getKey() + LABELS))) {
        labels.store(writer, null);
      }
    }
    return volumes.size();
  }

  /** Makes the homes that a folder holds, in place of those that are there; returns how many. */
  int copyFrom(Path folder) throws IOException {
    List<Path> archives;
    try (Stream<Path> files = Files.list(folder)) {
      archives = files.filter(file -> file.toString().endsWith(ARCHIVE)).sorted().toList();
    }
    for (Path archive : archives) {
      String name = archive.getFileName().toString().replaceFirst("\\.tar$", "");
      Properties labels = new Properties();
      try (var reader = Files.newBufferedReader(folder.resolve(name + LABELS))) {
        labels.load(reader);
      }
      Map<String, String> map =
          labels.stringPropertyNames().stream()
              .collect(
                  java.util.stream.Collectors.toMap(key -> key, key -> labels.getProperty(key)));
      engine.writeVolume(name, map, archive);
    }
    return archives.size();
  }
}
