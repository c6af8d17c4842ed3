package io.berth.auth.login;

import io.berth.auth.address.PublicUrl;
import io.berth.auth.address.ReturnTo;
import io.berth.common.OwnVisit;
import io.berth.common.ProxyPath;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/**
 * Remembers, during a sign-in, the desktop whose address a person opened by their own doing: what
 * comes back from the identity provider looks to a browser like another site's doing, and such a
 * visit would not start the desktop.
 */
@ApplicationScoped
public class WantedDesktop {

  private final PublicUrl publicUrl;

  public WantedDesktop(PublicUrl publicUrl) {
    this.publicUrl = publicUrl;
  }

  /** Keeps the desktop that a sign-in is to lead to, if a person wants it and nobody else. */
  void remember(RoutingContext context, ReturnTo returnTo) {
    if (isOwnVisit(context.request())) {
      desktop(returnTo).ifPresent(path -> context.response().addCookie(cookie(path)));
    }
  }

  private static boolean isOwnVisit(HttpServerRequest request) {
    Cookie cookie = request.getCookie(OwnVisit.COOKIE);
    return OwnVisit.is(
        request.getHeader("Sec-Fetch-Site"), cookie == null ? null : cookie.getValue());
  }

  private static Optional<ProxyPath> desktop(ReturnTo returnTo) {
    String address = returnTo.address();
    return address.startsWith(ProxyPath.PREFIX)
        ? ProxyPath.parse(address.substring(ProxyPath.PREFIX.length()).split("[/?#]", 2)[0])
        : Optional.empty();
  }

  private Cookie cookie(ProxyPath path) {
    return Cookie.cookie(OwnVisit.WANTED_COOKIE, path.value())
        .setPath("/")
        .setHttpOnly(true)
        .setSecure(publicUrl.isHttps())
        .setSameSite(CookieSameSite.LAX)
        .setMaxAge(OwnVisit.WANTED_SECONDS);
  }
}
