package io.berth.proxy.http;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Fields behind a body (RFC 9110 section 6.5). Many programs merge them into the head: what would
 * be checked, narrowed or left out there must not come in behind it.
 */
public final class Trailers {

  private static final Set<String> NEVER =
      Set.of(
          "authorization",
          "cookie",
          "set-cookie",
          "set-login",
          "host",
          "location",
          "origin",
          "referer",
          "expect",
          "range",
          "cache-control",
          "age",
          "expires",
          "date",
          "vary",
          "max-forwards",
          "clear-site-data",
          "strict-transport-security",
          "public-key-pins",
          "alt-svc",
          "report-to",
          "reporting-endpoints",
          "nel",
          "origin-agent-cluster",
          "service-worker-allowed",
          "refresh");

  private static final List<String> NEVER_BEGIN =
      List.of("content-", "proxy-", "sec-", "access-control-", "www-", "cross-origin-", "if-");

  private Trailers() {}

  /** Takes out of the end of a body what may not stand there. */
  public static void clean(LastHttpContent last) {
    HttpHeaders fields = last.trailingHeaders();
    if (fields.isEmpty()) {
      return;
    }
    Set<String> hopByHop = HopByHop.namesIn(fields);
    for (String name : fields.names()) {
      String lower = name.toLowerCase(Locale.ROOT);
      if (hopByHop.contains(lower)
          || NEVER.contains(lower)
          || ClaimedIdentity.isMadeBy(lower)
          || NEVER_BEGIN.stream().anyMatch(lower::startsWith)) {
        fields.remove(name);
      }
    }
  }
}
