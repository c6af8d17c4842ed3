package io.berth.launcher.backup;

import io.berth.launcher.compose.ComposeProject;
import io.berth.launcher.console.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What of a project's settings a backup needs to know.
 *
 * @param instance the label of its homes
 * @param secrets the folder with its secrets
 */
record ComposeSettings(String instance, Path secrets) {

  static ComposeSettings read(ComposeProject project) {
    try {
      List<String> lines = Files.readAllLines(project.env());
      Path docker = project.checkout().file("docker");
      return new ComposeSettings(
          value(lines, "BERTH_INSTANCE").orElse("berth"),
          docker.resolve(value(lines, "BERTH_SECRETS").orElse("./secrets")).normalize());
    } catch (IOException e) {
      throw new Failure(
          "%s can't be read (%s): docker/setup makes it.".formatted(project.env(), e.getMessage()),
          e);
    }
  }

  private static Optional<String> value(List<String> lines, String key) {
    return lines.stream()
        .filter(line -> line.startsWith(key + "="))
        .map(line -> line.substring(key.length() + 1).strip())
        .filter(value -> !value.isEmpty())
        .reduce((first, last) -> last);
  }
}
