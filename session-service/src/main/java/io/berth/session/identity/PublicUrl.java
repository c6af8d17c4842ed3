package io.berth.session.identity;

import io.berth.common.DesktopDomain;
import io.berth.common.ProxyPath;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/** Berth's own address as browsers see it, and its desktops'; checked at the start. */
@Startup
@ApplicationScoped
public class PublicUrl {

  private final String origin;
  private final Optional<DesktopDomain> desktopDomain;

  PublicUrl(PublicUrlConfig config) {
    this.origin = originOf(config.publicUrl());
    this.desktopDomain = DesktopDomain.of(origin, config.desktopDomain());
  }

  /** The origin, which is also the issuer of login tokens: {@code https://berth.example.com}. */
  public String origin() {
    return origin;
  }

  /** Whether each desktop has an origin of its own, so that no page of it can act at this one. */
  public boolean desktopsAreIsolated() {
    return desktopDomain.isPresent();
  }

  /** Where a desktop is. */
  public String of(ProxyPath desktop) {
    return desktopDomain
        .map(domain -> domain.originOf(desktop) + "/")
        .orElseGet(() -> origin + desktop.address());
  }

  /** Where desktops are, {@code {path}} standing for {username}-{type}. */
  public String desktopPattern() {
    return desktopDomain
        .map(DesktopDomain::pattern)
        .orElseGet(() -> origin + ProxyPath.PREFIX + "{path}");
  }

  /** As browsers write it in an Origin header: lower case, no default port, no slash. */
  private static String originOf(String url) {
    URI uri = URI.create(url.toLowerCase(Locale.ROOT));
    boolean defaultPort =
        uri.getPort() == -1 || uri.getPort() == ("https".equals(uri.getScheme()) ? 443 : 80);
    return uri.getScheme() + "://" + uri.getHost() + (defaultPort ? "" : ":" + uri.getPort());
  }
}
