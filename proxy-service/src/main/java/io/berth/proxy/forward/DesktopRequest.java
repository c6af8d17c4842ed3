package io.berth.proxy.forward;

import io.berth.proxy.http.ClaimedIdentity;
import io.berth.proxy.http.Exchange;
import io.berth.proxy.http.FreshHeaders;
import io.berth.proxy.http.HopByHop;
import io.berth.proxy.http.ReadCookies;
import io.berth.proxy.route.Route;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What a desktop hears of a request. A desktop is code that its user controls, and Kasm reads heads
 * into small unchecked buffers: it gets no credential but its own, and nothing it doesn't need.
 */
public final class DesktopRequest {

  /** KasmVNC copies single headers and the address into 1,025-byte buffers, unchecked to 1.5.1. */
  public static final int LONGEST_FIELD = 1_024;

  /** KasmVNC reads a head of at most 16 KiB; the start line and what the edge adds is in this. */
  private static final int LONGEST_HEAD = 15 * 1_024;

  /** Headers that say something of the browser or of where it comes from, and nothing needed. */
  private static final Set<String> NOT_NEEDED =
      Set.of(
          "host",
          "authorization",
          "cookie",
          "referer",
          "content-length",
          "expect",
          "dnt",
          "sec-gpc",
          "priority",
          "upgrade-insecure-requests",
          "save-data");

  private DesktopRequest() {}

  /**
   * Whether a path is the desktop's own affair. Kasm takes a blocked word for a call of its API
   * wherever it stands in the head, so the query counts too, decoded once and as it came.
   */
  public static boolean isBlocked(String upstreamTarget, Route route) {
    if (route.blockedPrefixes().isEmpty()) {
      return false;
    }
    String raw = upstreamTarget.toLowerCase(Locale.ROOT);
    String decoded = decoded(raw);
    for (String blocked : route.blockedPrefixes()) {
      if (raw.contains(blocked) || decoded.contains(blocked)) {
        return true;
      }
    }
    return false;
  }

  private static String decoded(String raw) {
    if (raw.indexOf('%') < 0) {
      return raw;
    }
    try {
      return QueryStringDecoder.decodeComponent(raw).toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException e) {
      return raw;
    }
  }

  /** The headers that go to the desktop, names in canonical spelling. */
  public static HttpHeaders headers(Exchange exchange, ServedDesktop desktop) {
    Route route = desktop.route();
    HttpHeaders original = exchange.request().headers();
    HttpHeaders headers = FreshHeaders.empty();
    ForwardedHeaders.set(headers, exchange.client(), desktop.site());
    if (!route.authorization().isEmpty()) {
      headers.set("Authorization", route.authorization());
    }
    if (exchange.hasBody()) {
      frame(original, headers);
    }
    Set<String> hopByHop = HopByHop.namesIn(original);
    int room = LONGEST_HEAD;
    for (Map.Entry<String, String> header : original) {
      String lower = header.getKey().toLowerCase(Locale.ROOT);
      String value = header.getValue();
      room -= lower.length() + value.length() + 4;
      if (room > 0
          && !NOT_NEEDED.contains(lower)
          && !lower.startsWith("sec-")
          && !hopByHop.contains(lower)
          && !ClaimedIdentity.isMadeBy(lower)
          && value.length() <= LONGEST_FIELD
          && !isBlocked(value, route)) {
        headers.add(canonical(lower), value);
      }
    }
    String cookies = ReadCookies.of(exchange.channel(), original).withoutOurs();
    if (!cookies.isEmpty()
        && cookies.length() <= Math.min(LONGEST_FIELD, room)
        && !isBlocked(cookies, route)) {
      headers.set("Cookie", cookies);
    }
    return headers;
  }

  private static void frame(HttpHeaders original, HttpHeaders headers) {
    String length = original.get("Content-Length");
    if (length == null) {
      headers.set("Transfer-Encoding", "chunked");
    } else {
      headers.set("Content-Length", length);
    }
    String expect = original.get("Expect");
    if ("100-continue".equalsIgnoreCase(expect)) {
      headers.set("Expect", "100-continue");
    }
  }

  /** {@code accept-language} to {@code Accept-Language}: Kasm up to 1.3.4 compares letter case. */
  private static String canonical(String lower) {
    StringBuilder name = new StringBuilder(lower);
    boolean upper = true;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (upper) {
        name.setCharAt(i, Character.toUpperCase(c));
      }
      upper = c == '-';
    }
    return name.toString();
  }
}
