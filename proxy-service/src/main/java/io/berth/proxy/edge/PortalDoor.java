package io.berth.proxy.edge;

import io.berth.common.LoginClaims;
import io.berth.common.Problem;
import io.berth.proxy.http.Exchange;
import io.berth.proxy.http.Site;
import io.berth.proxy.login.Verdict;
import io.netty.handler.codec.http.HttpHeaders;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** At the portal's origin: who is not signed in signs in. */
record PortalDoor(Site site) implements Door {

  @Override
  public String cookie() {
    return site.cookie();
  }

  @Override
  public @Nullable LoginClaims entitled(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Accepted accepted -> accepted.claims();
      case Verdict.AcceptedAt elsewhere -> null;
      case Verdict.Rejected rejected -> null;
    };
  }

  @Override
  public void turnAway(Exchange exchange, HttpHeaders headers) {
    if (exchange.isNavigation()) {
      // The cookie belongs to the public address: who came by another name is sent there first.
      String wanted = exchange.target().full();
      String location =
          site.isAt(exchange.client().host())
              ? "/auth/login?return_to=" + URLEncoder.encode(wanted, StandardCharsets.UTF_8)
              : site.origin() + wanted;
      exchange.redirect(location, headers);
      return;
    }
    headers.set("WWW-Authenticate", "Bearer");
    exchange.respond(notSignedIn(site), headers);
  }

  static Problem notSignedIn(Site portal) {
    return Problem.of(
        "not-signed-in",
        "Not signed in",
        401,
        "There is no login, or it has ended.",
        "Sign in at " + portal.origin() + "/ and try again.");
  }
}
