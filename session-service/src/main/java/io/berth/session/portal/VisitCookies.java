package io.berth.session.portal;

import io.berth.common.OwnVisit;
import io.berth.common.ProxyPath;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/** Tells a person's own visit of a page from one that another site set off. */
@ApplicationScoped
public class VisitCookies {

  private static final String FETCH_SITE = "Sec-Fetch-Site";

  /** Whether a person came to their desktop's page by their own doing, or by the sign-in to it. */
  public boolean isOwn(HttpServerRequest request, ProxyPath desktop) {
    String wanted = value(request, OwnVisit.WANTED_COOKIE);
    return OwnVisit.is(request.getHeader(FETCH_SITE), value(request, OwnVisit.COOKIE))
        || desktop.value().equals(wanted);
  }

  /** A sign-in's wish is good for one page. */
  public void forgetWanted(RoutingContext context) {
    if (value(context.request(), OwnVisit.WANTED_COOKIE) != null) {
      context
          .response()
          .addCookie(Cookie.cookie(OwnVisit.WANTED_COOKIE, "").setPath("/").setMaxAge(0));
    }
  }

  /** Lets browsers that don't say where a navigation comes from tell by a cookie. */
  void mark(RoutingContext context) {
    HttpServerRequest request = context.request();
    if (request.getHeader(FETCH_SITE) == null && value(request, OwnVisit.COOKIE) == null) {
      context
          .response()
          .addCookie(
              Cookie.cookie(OwnVisit.COOKIE, "1")
                  .setPath("/")
                  .setHttpOnly(true)
                  .setSameSite(CookieSameSite.STRICT)
                  .setMaxAge(OwnVisit.COOKIE_SECONDS));
    }
  }

  private static @Nullable String value(HttpServerRequest request, String name) {
    Cookie cookie = request.getCookie(name);
    return cookie == null ? null : cookie.getValue();
  }
}
