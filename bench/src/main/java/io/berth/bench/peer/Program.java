package io.berth.bench.peer;

import io.berth.bench.process.ShortCommand;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An installed program and what it says of its version. */
record Program(Path path, String version) {

  private static final Duration LIMIT = Duration.ofSeconds(10);

  /** The program of this name, asked for its version by these words. */
  static Optional<Program> find(String name, String... versionWords) {
    return ShortCommand.find(name).flatMap(path -> of(path, versionWords));
  }

  static Optional<Program> of(Path path, String... versionWords) {
    List<String> command = new ArrayList<>(List.of(path.toString()));
    command.addAll(List.of(versionWords));
    return ShortCommand.output(LIMIT, Map.of(), command)
        .map(output -> new Program(path, output.lines().findFirst().orElse("unknown").strip()));
  }
}
