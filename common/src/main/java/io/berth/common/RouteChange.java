package io.berth.common;

import java.util.Optional;

/**
 * One change of the route table, as PostgreSQL notifies it to proxies and as a proxy echoes it when
 * its memory has it: {@code published alice-ubuntu-vscode 42}.
 *
 * @param kind whether the route came or went
 * @param path the route's address
 * @param generation which incarnation of the route, from one sequence for all
 */
public record RouteChange(Kind kind, ProxyPath path, long generation) {

  /** Channel on which the database's trigger tells proxies of a change. */
  public static final String CHANNEL = "berth_routes";

  /** Channel on which proxies echo a change, prefixed by their instance name and a space. */
  public static final String APPLIED_CHANNEL = "berth_routes_applied";

  /**
   * What a proxy's database connection calls itself, followed by its instance name: session-service
   * counts these to know whose echo it waits for.
   */
  public static final String PROXY_APPLICATION_PREFIX = "berth-proxy ";

  /** What happened to the route. */
  public enum Kind {
    PUBLISHED,
    WITHDRAWN
  }

  /** The change that a notification's payload says, or nothing if it says none. */
  public static Optional<RouteChange> parse(String payload) {
    String[] words = payload.split(" ", -1);
    if (words.length != 3) {
      return Optional.empty();
    }
    Kind kind;
    switch (words[0]) {
      case "published" -> kind = Kind.PUBLISHED;
      case "withdrawn" -> kind = Kind.WITHDRAWN;
      default -> {
        return Optional.empty();
      }
    }
    try {
      long generation = Long.parseLong(words[2]);
      return ProxyPath.parse(words[1]).map(path -> new RouteChange(kind, path, generation));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** The notification's payload. */
  public String payload() {
    String word =
        switch (kind) {
          case PUBLISHED -> "published";
          case WITHDRAWN -> "withdrawn";
        };
    return word + " " + path + " " + generation;
  }
}
