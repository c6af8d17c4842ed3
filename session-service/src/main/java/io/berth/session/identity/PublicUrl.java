package io.berth.session.identity;

import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.Locale;

/** Berth's own address as browsers see it. */
@ApplicationScoped
public class PublicUrl {

  private final String origin;

  PublicUrl(PublicUrlConfig config) {
    this.origin = originOf(config.publicUrl());
  }

  /** The origin, which is also the issuer of login tokens: {@code https://berth.example.com}. */
  public String origin() {
    return origin;
  }

  /** As browsers write it in an Origin header: lower case, no default port, no slash. */
  private static String originOf(String url) {
    URI uri = URI.create(url.toLowerCase(Locale.ROOT));
    boolean defaultPort =
        uri.getPort() == -1 || uri.getPort() == ("https".equals(uri.getScheme()) ? 443 : 80);
    return uri.getScheme() + "://" + uri.getHost() + (defaultPort ? "" : ":" + uri.getPort());
  }
}
