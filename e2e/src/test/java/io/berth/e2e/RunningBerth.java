package io.berth.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A whole Berth of the tests' own, beside any that runs on this machine: started by {@code ./berth
 * up} on other ports with its state under {@code target}, ended by {@code down --purge}.
 */
final class RunningBerth implements Site, AutoCloseable {

  static final Path OUTPUT = Command.CHECKOUT.resolve("e2e/target");

  static final int PORT = 15006;

  /** A first {@code up} makes images and unpacks Keycloak; a slow machine may need this long. */
  private static final Duration FIRST_UP = Duration.ofMinutes(15);

  private static final Pattern SIGN_IN =
      Pattern.compile("(?m)^\\s*(alice|bob|charlie|admin)\\s+(\\S+)");

  private final Path state;
  private final Map<String, String> passwords;

  private RunningBerth(Path state, Map<String, String> passwords) {
    this.state = state;
    this.passwords = passwords;
  }

  static RunningBerth start() {
    Path state = OUTPUT.resolve("berth");
    Command.Outcome up = berth(state, FIRST_UP, "up", "--port", String.valueOf(PORT));
    keep("first-up.txt", up.output());
    if (up.exitCode() != 0) {
      throw new AssertionError("./berth up failed:\n" + up.output());
    }
    Map<String, String> passwords = new TreeMap<>();
    for (MatchResult match : SIGN_IN.matcher(up.output()).results().toList()) {
      passwords.put(match.group(1), match.group(2));
    }
    if (!passwords.keySet().containsAll(List.of("alice", "bob", "charlie", "admin"))) {
      throw new AssertionError("./berth up did not say how to sign in:\n" + up.output());
    }
    return new RunningBerth(state, passwords);
  }

  @Override
  public String url() {
    return "http://localhost:" + PORT;
  }

  /** Where the edge, auth-service and session-service tell operators how they are. */
  List<Integer> managementPorts() {
    return List.of(PORT + 4000, PORT + 4001, PORT + 4002);
  }

  @Override
  public String password(String person) {
    String password = passwords.get(person);
    if (password == null) {
      throw new IllegalArgumentException("nobody called " + person);
    }
    return password;
  }

  /** Runs {@code ./berth} for this instance. */
  Command.Outcome berth(Duration limit, String... words) {
    return berth(state, limit, words);
  }

  /** The second {@code up}, with the options of the first. */
  Command.Outcome up() {
    return berth(Duration.ofMinutes(5), "up", "--port", String.valueOf(PORT));
  }

  static void keep(String file, String text) {
    try {
      Files.createDirectories(OUTPUT);
      Files.writeString(OUTPUT.resolve(file), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    String label = "label=berth.instance=" + id();
    Command.Outcome down = berth(state, Duration.ofMinutes(3), "down", "--purge");
    keep("down.txt", down.output());
    if (down.exitCode() != 0) {
      throw new AssertionError("./berth down --purge failed:\n" + down.output());
    }
    for (String kind : List.of("container", "volume", "network")) {
      List<String> list = new ArrayList<>(List.of("docker", kind, "ls", "-q", "--filter", label));
      if (kind.equals("container")) {
        list.add("--all");
      }
      String left = Command.run(Duration.ofSeconds(20), list).output();
      if (!left.isBlank()) {
        throw new AssertionError("./berth down --purge left a " + kind + ": " + left);
      }
    }
  }

  /** What this instance's things in the engine are labelled with. */
  private String id() {
    try (var file = Files.newBufferedReader(state.resolve("installation.properties"))) {
      Properties properties = new Properties();
      properties.load(file);
      return properties.getProperty("id");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Command.Outcome berth(Path state, Duration limit, String... words) {
    List<String> command = new ArrayList<>();
    command.add(Command.CHECKOUT.resolve("berth").toString());
    command.addAll(List.of(words));
    command.add("--state");
    command.add(state.toString());
    return Command.run(limit, command);
  }
}
