package io.berth.session.environment;

import io.berth.launcher.process.Command;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A machine in the internet, for tests without one: a network namespace of its own with an address
 * that is neither private nor this machine's, and a web server on it. Only root can make it.
 */
public final class OutsideWorld implements AutoCloseable {

  private static final int PORT = 8000;

  private final String name = "bw" + ProcessHandle.current().pid();
  private final String network =
      "203.0.113.%d".formatted(4 * (ProcessHandle.current().pid() % 63)); // of TEST-NET-3
  private final Process server;

  private OutsideWorld() throws IOException {
    ip("netns", "add", name);
    ip("link", "add", name, "type", "veth", "peer", "name", "eth0", "netns", name);
    ip("addr", "add", neighbour(1) + "/30", "dev", name);
    ip("link", "set", name, "up");
    ip("-n", name, "addr", "add", neighbour(2) + "/30", "dev", "eth0");
    ip("-n", name, "link", "set", "eth0", "up");
    ip("-n", name, "route", "add", "default", "via", neighbour(1));
    server =
        new ProcessBuilder(
                "ip",
                "netns",
                "exec",
                name,
                Path.of(System.getProperty("java.home"), "bin", "jwebserver").toString(),
                "-b",
                neighbour(2),
                "-p",
                String.valueOf(PORT),
                "-d",
                "/tmp")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    Eventually.get(this::answers, answers -> answers);
  }

  /** Whether this machine has the command that makes one. */
  public static boolean isPossible() {
    return Command.of("ip", "-V").run(Duration.ofSeconds(10)).succeeded();
  }

  /** Makes one. */
  public static OutsideWorld open() throws IOException {
    return new OutsideWorld();
  }

  /** Where its web server is. */
  public String address() {
    return neighbour(2) + ":" + PORT;
  }

  @Override
  public void close() {
    server.destroy();
    Command.of("ip", "netns", "delete", name).run(Duration.ofSeconds(10));
    Command.of("ip", "link", "delete", name).run(Duration.ofSeconds(10));
  }

  private boolean answers() {
    try (var socket = new java.net.Socket()) {
      socket.connect(new java.net.InetSocketAddress(neighbour(2), PORT), 500);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private String neighbour(int number) {
    int dot = network.lastIndexOf('.') + 1;
    return network.substring(0, dot) + (Integer.parseInt(network.substring(dot)) + number);
  }

  private static void ip(String... words) throws IOException {
    List<String> command = new java.util.ArrayList<>(List.of("ip"));
    command.addAll(List.of(words));
    Command.Outcome outcome = Command.of(command).run(Duration.ofSeconds(10));
    if (!outcome.succeeded()) {
      throw new IOException(command + ": " + outcome.output());
    }
  }
}
