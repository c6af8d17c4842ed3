package io.berth.proxy.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;
import java.util.Set;

/**
 * Tells requests that a page of another origin made, with the cookies of this one. To visit a page
 * is free to all; to act here, or to load from here, is not. Desktops below one domain are one site
 * to browsers, so that SameSite cookies alone keep none of them from another.
 */
public final class ForeignPage {

  private static final Set<String> OWN = Set.of("same-origin", "none");
  private static final Set<String> EMBEDDED = Set.of("object", "embed");

  private ForeignPage() {}

  /** Whether a request to {@code site} is some other page's. */
  public static boolean made(Exchange exchange, Site site) {
    HttpHeaders headers = exchange.request().headers();
    List<String> origins = headers.getAll(HttpHeaderNames.ORIGIN);
    if (exchange.isWebSocket()) {
      // Browsers disagree on what else to say of these; that there is an origin, the handshake
      // asks.
      return !origins.isEmpty() && !isOnly(origins, site.origin());
    }
    String from = headers.get("Sec-Fetch-Site");
    if (from == null) {
      return !origins.isEmpty() && !isOnly(origins, site.origin());
    }
    if (isVisit(exchange)) {
      return false;
    }
    // A page's policy may have made its own origin null; the browser then vouches for it.
    return !OWN.contains(from)
        || !(origins.isEmpty() || isOnly(origins, site.origin()) || isOnly(origins, "null"));
  }

  private static boolean isVisit(Exchange exchange) {
    String into = exchange.request().headers().get("Sec-Fetch-Dest", "document");
    return exchange.isNavigation() && !EMBEDDED.contains(into);
  }

  private static boolean isOnly(List<String> origins, String origin) {
    return origins.size() == 1 && origins.getFirst().equalsIgnoreCase(origin);
  }
}
