package io.berth.launcher.firewall;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The name servers of this machine that its desktops have to reach themselves. */
public final class NameServers {

  private static final Path FILE = Path.of("/etc/resolv.conf");

  private NameServers() {}

  /** Those in resolv.conf; the engine asks one on loopback in the desktops' stead. */
  public static List<String> ofThisMachine() {
    try {
      return in(Files.readAllLines(FILE));
    } catch (IOException e) {
      return List.of();
    }
  }

  static List<String> in(List<String> lines) {
    return lines.stream()
        .map(line -> line.strip().split("\\s+"))
        .filter(words -> words.length >= 2 && words[0].equals("nameserver"))
        .map(words -> words[1])
        .filter(server -> server.matches("[0-9.]+") && !server.startsWith("127."))
        .distinct()
        .toList();
  }
}
