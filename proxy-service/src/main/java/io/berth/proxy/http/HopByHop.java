package io.berth.proxy.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Headers that concern one connection only (RFC 9110 section 7.6.1) and never travel on. */
public final class HopByHop {

  private static final Set<String> ALWAYS =
      Set.of(
          "connection",
          "keep-alive",
          "proxy-connection",
          "proxy-authenticate",
          "proxy-authorization",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "http2-settings");

  private HopByHop() {}

  /** Lower-case names in these headers that stay on this connection. */
  public static Set<String> namesIn(HttpHeaders headers) {
    List<String> connection = headers.getAll(HttpHeaderNames.CONNECTION);
    if (connection.isEmpty()
        || (connection.size() == 1 && connection.getFirst().equalsIgnoreCase("keep-alive"))) {
      return ALWAYS;
    }
    Set<String> names = new HashSet<>(ALWAYS);
    for (String value : connection) {
      for (String word : value.split(",", -1)) {
        String name = word.trim().toLowerCase(Locale.ROOT);
        if (nominable(name)) {
          names.add(name);
        }
      }
    }
    return names;
  }

  /** {@code Connection: content-length} must not change where a body ends. */
  private static boolean nominable(String name) {
    return !name.equals("close") && !name.equals("content-length") && !name.equals("host");
  }
}
