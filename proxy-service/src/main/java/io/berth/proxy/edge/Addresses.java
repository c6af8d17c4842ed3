package io.berth.proxy.edge;

import io.berth.common.DesktopCookie;
import io.berth.common.DesktopDomain;
import io.berth.common.ProxyPath;
import io.berth.proxy.http.Site;
import java.net.URI;
import java.util.Optional;

/**
 * The addresses that the edge is known by: the portal's, and in isolated-origin mode one host per
 * desktop.
 *
 * @param portal where the portal is
 * @param desktops the domain below which desktops have origins of their own, if they do
 */
public record Addresses(Site portal, Optional<DesktopDomain> desktops) {

  /**
   * The addresses beside a public URL.
   *
   * @param desktopDomain {@code berth.desktop-domain}
   * @throws IllegalArgumentException if one of the two can't be used
   */
  public static Addresses of(URI publicUrl, Optional<String> desktopDomain) {
    Site portal = Site.at(publicUrl);
    return new Addresses(portal, DesktopDomain.of(portal.origin(), desktopDomain));
  }

  /** Whom a Host header means. */
  sealed interface Addressee {

    /** The portal and all that is beside it, by whatever name. */
    record Portal() implements Addressee {}

    /** One desktop at its own origin. */
    record Desktop(DesktopDomain domain, ProxyPath path) implements Addressee {}

    /** A host below the desktops' domain that no browser writes for a desktop. */
    record Nobody() implements Addressee {}
  }

  Addressee addresseeOf(String host) {
    if (desktops.isEmpty() || !desktops.get().covers(host)) {
      return new Addressee.Portal();
    }
    DesktopDomain domain = desktops.get();
    return domain
        .desktopAt(host)
        .<Addressee>map(path -> new Addressee.Desktop(domain, path))
        .orElseGet(Addressee.Nobody::new);
  }

  /** Whether a host's whole path is a desktop's own affair, its first segments included. */
  boolean isDesktop(String host) {
    return addresseeOf(host) instanceof Addressee.Desktop;
  }

  /** A desktop's own site. */
  Site siteOf(DesktopDomain domain, ProxyPath desktop) {
    return new Site(
        domain.originOf(desktop),
        portal.scheme(),
        domain.hostOf(desktop),
        DesktopCookie.tokenName(portal.isHttps()));
  }
}
