package io.berth.common;

import java.util.Optional;

/**
 * A proxy's word that a published desktop takes no connection: {@code alice-ubuntu-vscode 42}. It
 * is a hint to look, never a proof, and it is lost while PostgreSQL is away.
 *
 * @param path the route's address
 * @param generation which incarnation of the route
 */
public record UnreachableDesktop(ProxyPath path, long generation) {

  /** Channel on which proxies tell session-service. */
  public static final String CHANNEL = "berth_desktop_unreachable";

  /** The desktop that a notification's payload names, or nothing if it names none. */
  public static Optional<UnreachableDesktop> parse(String payload) {
    String[] words = payload.split(" ", -1);
    if (words.length != 2) {
      return Optional.empty();
    }
    try {
      long generation = Long.parseLong(words[1]);
      return ProxyPath.parse(words[0]).map(path -> new UnreachableDesktop(path, generation));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** The notification's payload. */
  public String payload() {
    return path + " " + generation;
  }
}
