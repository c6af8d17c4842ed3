package io.berth.proxy.http;

import io.berth.common.LoginCookie;
import java.net.URI;
import java.util.Locale;

/**
 * The public address of this Berth, as browsers know it.
 *
 * @param origin scheme and authority as an Origin header says them, {@code http://localhost:5006}
 * @param scheme {@code http} or {@code https}
 * @param authority host and, unless it is the scheme's own, port
 * @param cookie the login cookie's name
 */
public record Site(String origin, String scheme, String authority, String cookie) {

  /** The site at a public URL. */
  public static Site at(URI publicUrl) {
    String scheme = publicUrl.getScheme();
    String host = publicUrl.getHost();
    if (scheme == null || host == null || !scheme.toLowerCase(Locale.ROOT).matches("https?")) {
      throw new IllegalArgumentException(
          "berth.public-url must be http://host[:port] or https://host[:port]");
    }
    scheme = scheme.toLowerCase(Locale.ROOT);
    int port = publicUrl.getPort();
    boolean usual = port == -1 || port == (scheme.equals("https") ? 443 : 80);
    String authority = host.toLowerCase(Locale.ROOT) + (usual ? "" : ":" + port);
    String origin = scheme + "://" + authority;
    return new Site(origin, scheme, authority, LoginCookie.nameFor(origin));
  }

  /** Whether browsers speak to it over TLS. */
  public boolean isHttps() {
    return scheme.equals("https");
  }

  /** Whether a Host header names this site. */
  public boolean isAt(String host) {
    String usualPort = scheme.equals("https") ? ":443" : ":80";
    return host.equalsIgnoreCase(authority) || host.equalsIgnoreCase(authority + usualPort);
  }
}
