package io.berth.proxy.limit;

import io.berth.common.Problem;

/**
 * Why somebody has to wait.
 *
 * @param limit which limit was met
 * @param retryAfter when it is worth trying again, in seconds, at least 1
 */
public record Refusal(Limit limit, long retryAfter) {

  /** What is held by others is free at no known time. */
  static final long WHEN_HELD = 5;

  private static final long NANOS = 1_000_000_000L;

  static Refusal until(Limit limit, long nanos) {
    return new Refusal(limit, Math.max(1, (nanos + NANOS - 1) / NANOS));
  }

  /** The refusal as its reader understands it. */
  public Problem problem() {
    String next =
        "Wait %d %s and try again.".formatted(retryAfter, retryAfter == 1 ? "second" : "seconds");
    return switch (limit) {
      case ADDRESS_REQUESTS, PERSON_REQUESTS ->
          tooMany("requests", "Too many requests", "Too many requests came in a short time.", next);
      case ADDRESS_EXCHANGES, PERSON_EXCHANGES ->
          tooMany("requests", "Too many requests", "Too many requests are still under way.", next);
      case ADDRESS_WITHOUT_LOGIN ->
          tooMany(
              "sign-ins", "Too many sign-ins", "Too many attempts came from your network.", next);
      case PERSON_TUNNELS ->
          tooMany(
              "desktop-connections",
              "Too many desktop connections",
              "You have too many desktop connections open.",
              "Close some of your tabs.");
      case ADDRESS_TUNNELS, ADDRESS_NEW_TUNNELS, PERSON_NEW_TUNNELS ->
          tooMany(
              "desktop-connections",
              "Too many desktop connections",
              "Too many desktop connections were opened.",
              next);
      case CONNECTIONS, ADDRESS_CONNECTIONS ->
          tooMany("connections", "Too many connections", "Too many connections are open.", next);
    };
  }

  private static Problem tooMany(String what, String title, String detail, String next) {
    return Problem.of("too-many-" + what, title, 429, detail, next);
  }
}
