package io.berth.auth.address;

import io.berth.common.LoginCookie;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.Locale;

/**
 * Berth's own address as browsers see it. It alone decides about redirects, cookies and the tokens'
 * issuer, whatever Host or forwarded headers a request carries.
 */
@ApplicationScoped
public class PublicUrl {

  private final String origin;

  public PublicUrl(PublicUrlConfig config) {
    this.origin = originOf(config.publicUrl());
  }

  /** The origin, which is also the issuer of login tokens: {@code https://berth.example.com}. */
  public String origin() {
    return origin;
  }

  /** The absolute address of a path, {@code /auth/callback}, here. */
  public String of(String path) {
    return origin + path;
  }

  public boolean isHttps() {
    return origin.startsWith("https://");
  }

  /** The name of the login cookie at this address. */
  public String loginCookieName() {
    return LoginCookie.nameFor(origin);
  }

  /** As browsers write it in an Origin header: lower case, no default port, no slash. */
  private static String originOf(String url) {
    URI uri = URI.create(url.toLowerCase(Locale.ROOT));
    boolean defaultPort =
        uri.getPort() == -1 || uri.getPort() == ("https".equals(uri.getScheme()) ? 443 : 80);
    return uri.getScheme() + "://" + uri.getHost() + (defaultPort ? "" : ":" + uri.getPort());
  }
}
