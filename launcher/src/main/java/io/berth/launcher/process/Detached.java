package io.berth.launcher.process;

import io.berth.launcher.console.Failure;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A process that goes on after the launcher and its terminal are gone, with its words in a log. */
public record Detached(
    List<String> words, Map<String, String> environment, Path directory, Path log) {

  public Detached {
    words = List.copyOf(words);
    environment = Map.copyOf(environment);
  }

  public ProcessHandle start() {
    List<String> all = new ArrayList<>();
    if (Files.isExecutable(Path.of("/usr/bin/setsid"))) {
      // A session of its own: neither Ctrl-C nor the end of the terminal reaches it. setsid execs
      // in place here, so the process id stays.
      all.add("/usr/bin/setsid");
    } else {
      all.add("nohup");
    }
    all.addAll(words);
    try {
      Files.createDirectories(log.resolveSibling("."));
      ProcessBuilder builder =
          new ProcessBuilder(all)
              .directory(directory.toFile())
              .redirectInput(new File("/dev/null"))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
      builder.environment().putAll(environment);
      return builder.start().toHandle();
    } catch (IOException e) {
      throw new Failure(
          "%s could not be started (%s).".formatted(words.getFirst(), e.getMessage()), e);
    }
  }
}
