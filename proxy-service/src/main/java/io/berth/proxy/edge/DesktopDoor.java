package io.berth.proxy.edge;

import io.berth.common.DesktopCookie;
import io.berth.common.DesktopEntry;
import io.berth.common.EntryProof;
import io.berth.common.LoginClaims;
import io.berth.common.ProxyPath;
import io.berth.proxy.http.Cookies;
import io.berth.proxy.http.Exchange;
import io.berth.proxy.http.Site;
import io.berth.proxy.login.Verdict;
import io.netty.handler.codec.http.HttpHeaders;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** At a desktop's own origin: who has no cookie for it gets one by way of the portal. */
record DesktopDoor(ProxyPath desktop, Site own, Site portal) implements Door {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int BYTES = 32;

  @Override
  public String cookie() {
    return own.cookie();
  }

  @Override
  public @Nullable LoginClaims entitled(Verdict verdict) {
    return switch (verdict) {
      case Verdict.AcceptedAt here when here.desktop().equals(desktop) -> here.claims();
      case Verdict.AcceptedAt elsewhere -> null;
      case Verdict.Accepted portalOnly -> null;
      case Verdict.Rejected rejected -> null;
    };
  }

  @Override
  public void turnAway(Exchange exchange, HttpHeaders headers) {
    if (!exchange.isNavigation()) {
      exchange.respond(PortalDoor.notSignedIn(portal), headers);
      return;
    }
    String secret = entrySecret(exchange);
    headers.add(
        "Set-Cookie",
        "%s=%s; Path=/; Max-Age=%d; HttpOnly; SameSite=Lax%s"
            .formatted(
                DesktopCookie.entryName(portal.isHttps()),
                secret,
                DesktopCookie.ENTRY_SECONDS,
                portal.isHttps() ? "; Secure" : ""));
    String place = desktop.address() + exchange.target().full();
    exchange.redirect(
        "%s%s?%s=%s&%s=%s"
            .formatted(
                portal.origin(),
                DesktopEntry.PORTAL_PATH,
                DesktopEntry.RETURN_TO,
                URLEncoder.encode(place, StandardCharsets.UTF_8),
                DesktopEntry.PROOF,
                EntryProof.of(secret).value()),
        headers);
  }

  /** The one that the browser has: entries in several tabs at once must not undo each other. */
  private String entrySecret(Exchange exchange) {
    String name = DesktopCookie.entryName(portal.isHttps());
    return Cookies.named(name, exchange.request().headers()).stream()
        .filter(EntryProof::is256Bits)
        .findFirst()
        .orElseGet(DesktopDoor::newSecret);
  }

  private static String newSecret() {
    byte[] secret = new byte[BYTES];
    RANDOM.nextBytes(secret);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
  }
}
