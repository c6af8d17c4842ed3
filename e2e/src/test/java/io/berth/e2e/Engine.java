package io.berth.e2e;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The container engine, asked from outside: what really happened in a desktop. */
final class Engine {

  private Engine() {}

  /** Runs a command inside the container of a session; its output, whatever it was. */
  static String inside(String sessionId, String... command) {
    List<String> words = new ArrayList<>(List.of("docker", "exec", container(sessionId)));
    words.addAll(List.of(command));
    return Command.run(Duration.ofSeconds(20), words).output();
  }

  /** What the engine says of a session's place in its network, such as IPAddress or Gateway. */
  static String network(String sessionId, String key) {
    String format = "{{range .NetworkSettings.Networks}}{{.%s}}{{end}}".formatted(key);
    return Command.run(
            Duration.ofSeconds(20),
            List.of("docker", "inspect", "-f", format, container(sessionId)))
        .output()
        .strip();
  }

  /** The running containers of a session. */
  static List<String> containers(String sessionId) {
    return Command.run(
            Duration.ofSeconds(20),
            List.of("docker", "ps", "-q", "--filter", "label=berth.session=" + sessionId))
        .output()
        .lines()
        .toList();
  }

  private static String container(String sessionId) {
    List<String> containers = containers(sessionId);
    if (containers.size() != 1) {
      throw new AssertionError("session " + sessionId + " has containers " + containers);
    }
    return containers.getFirst();
  }
}
