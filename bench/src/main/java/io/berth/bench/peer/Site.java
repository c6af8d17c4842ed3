package io.berth.bench.peer;

import io.berth.bench.process.ChildProcess;
import io.berth.bench.process.Children;
import io.berth.bench.process.FreePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Where peers are set up.
 *
 * @param upstreamPort what they forward to, on 127.0.0.1
 * @param folder for their configurations and logs
 * @param children who ends them
 */
public record Site(int upstreamPort, Path folder, Children children) {

  /**
   * Writes a configuration with {@code %port%}, {@code %upstream%} and {@code %folder%} replaced,
   * and starts a program with it, its path as {@code %file%}.
   */
  RunningPeer start(
      String name, List<String> command, Map<String, String> environment, String configuration)
      throws IOException {
    int port = FreePorts.one();
    Path own = folder.resolve(name + "-" + port);
    Files.createDirectories(own);
    Path file = own.resolve(name + ".conf");
    Files.writeString(file, filled(configuration, port, own));
    List<String> words = new ArrayList<>();
    for (String word : command) {
      words.add(filled(word, port, own).replace("%file%", file.toString()));
    }
    return RunningPeer.of(
        port,
        children.adopt(
            ChildProcess.start(name, words, environment, folder.resolve(name + ".log"))));
  }

  private String filled(String text, int port, Path own) {
    return text.replace("%port%", Integer.toString(port))
        .replace("%upstream%", Integer.toString(upstreamPort))
        .replace("%folder%", own.toString());
  }
}
