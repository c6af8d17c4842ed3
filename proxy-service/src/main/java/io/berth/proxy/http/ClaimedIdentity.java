package io.berth.proxy.http;

import java.util.Locale;
import java.util.Set;

/**
 * Header names by which a client could claim to be somebody or somewhere else. Compared with {@code
 * _} and {@code .} as hyphens: many servers read them so.
 */
public final class ClaimedIdentity {

  private static final Set<String> NAMES =
      Set.of(
          "forwarded",
          "via",
          "x-real-ip",
          "x-client-ip",
          "true-client-ip",
          "cf-connecting-ip",
          "remote-user",
          "x-remote-user",
          "x-user",
          "x-user-id",
          "x-groups",
          "x-roles",
          "x-original-url",
          "x-rewrite-url",
          "x-http-method",
          "x-http-method-override",
          "x-method-override",
          "proxy",
          // Whose trace a request belongs to: the edge says so to services, and nothing to
          // desktops.
          "traceparent",
          "tracestate",
          "baggage",
          "b3",
          "uber-trace-id");

  private static final String[] BEGINNINGS = {
    "x-forwarded-", "x-berth-", "x-auth-", "x-original-", "x-b3-"
  };

  private ClaimedIdentity() {}

  /** Whether this header, lower or upper case, is dropped from what a client sends. */
  public static boolean isMadeBy(String headerName) {
    char first = headerName.isEmpty() ? ' ' : Character.toLowerCase(headerName.charAt(0));
    if ("fvxtcrpbu".indexOf(first) < 0) {
      return false;
    }
    String name = headerName.toLowerCase(Locale.ROOT).replace('_', '-').replace('.', '-');
    if (NAMES.contains(name)) {
      return true;
    }
    for (String beginning : BEGINNINGS) {
      if (name.startsWith(beginning)) {
        return true;
      }
    }
    return false;
  }
}
