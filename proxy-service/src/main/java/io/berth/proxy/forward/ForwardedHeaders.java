package io.berth.proxy.forward;

import io.berth.proxy.http.Client;
import io.berth.proxy.http.Site;
import io.netty.handler.codec.http.HttpHeaders;

/**
 * What an upstream is told of the client, in place of whatever the client said of itself. Names are
 * literals: Kasm up to 1.3.4 knows {@code Host} and {@code Connection} in this spelling only.
 */
public final class ForwardedHeaders {

  private static final String VIA = "1.1 berth";

  private ForwardedHeaders() {}

  /** Sets Host, X-Forwarded-* and Via. */
  public static void set(HttpHeaders headers, Client client, Site site) {
    headers.set("Host", site.authority());
    headers.set("X-Forwarded-For", client.forwardedFor());
    headers.set("X-Forwarded-Host", site.authority());
    headers.set("X-Forwarded-Proto", site.scheme());
    // RFC 9110 section 7.6.3: who passes a request on says so.
    headers.set("Via", VIA);
  }
}
