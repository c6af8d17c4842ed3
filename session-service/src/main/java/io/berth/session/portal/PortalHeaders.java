package io.berth.session.portal;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;

/**
 * Headers that make a browser keep to this origin, and keep the portal's files for good; pages it
 * asks for each time.
 */
@ApplicationScoped
class PortalHeaders {

  // No form-action: browsers apply it to redirects too, and sign-out ends at the identity provider.
  static final String POLICY =
      "default-src 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'";

  private static final int BEFORE_EVERYTHING = 1_000;
  private static final String OF_THIS_EDITION = PortalHeaders.class.getName();

  private final PortalFiles files;
  private final VisitCookies visits;

  PortalHeaders(PortalFiles files, VisitCookies visits) {
    this.files = files;
    this.visits = visits;
  }

  void register(@Observes Filters filters) {
    filters.register(this::apply, BEFORE_EVERYTHING);
  }

  private void apply(RoutingContext context) {
    String path = context.normalizedPath();
    Optional<String> plain = files.withoutEdition(path);
    if (plain.isPresent()) {
      context.put(OF_THIS_EDITION, true);
      context.reroute(plain.get());
      return;
    }
    boolean forGood = context.get(OF_THIS_EDITION) != null;
    Optional<PortalFiles.Page> page = files.page(path);
    Optional<String> tag = page.map(PortalFiles.Page::tag).or(() -> files.tag(path));
    context.addHeadersEndHandler(ignored -> {
      MultiMap headers = context.response().headers();
      secure(path, headers);
      tag.ifPresent(value -> keep(value, forGood, headers));
      if (path.equals("/") || path.startsWith("/desktop/")) {
        visits.mark(context); // not earlier: a request shows the cookies of its answer as its own
      }
    });
    if (tag.isPresent()
        && tag.get().equals(context.request().getHeader(HttpHeaders.IF_NONE_MATCH))) {
      context.response().setStatusCode(304).end();
    } else if (page.isPresent() && isRead(context.request().method())) {
      context.response().putHeader(HttpHeaders.CONTENT_TYPE, "text/html;charset=UTF-8");
      context.response().end(page.get().html());
    } else {
      context.next();
    }
  }

  private static boolean isRead(HttpMethod method) {
    return method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
  }

  private static void secure(String path, MultiMap headers) {
    headers.set("X-Content-Type-Options", "nosniff");
    // Not no-referrer: browsers then send "Origin: null" with our own forms (Fetch standard).
    headers.set("Referrer-Policy", "same-origin");
    headers.set("X-Frame-Options", "DENY");
    // Swagger UI starts with an inline script.
    if (!path.startsWith("/api/docs")) {
      headers.set("Content-Security-Policy", POLICY);
    }
    // About this moment and this person.
    if (path.startsWith("/desktop/") || path.startsWith("/api/v1/")) {
      headers.set(HttpHeaders.CACHE_CONTROL, "no-store");
    }
  }

  private static void keep(String tag, boolean forGood, MultiMap headers) {
    // Not no-store, which would keep the portal out of the browser's back/forward cache.
    headers.set(
        HttpHeaders.CACHE_CONTROL, forGood ? "public, max-age=31536000, immutable" : "no-cache");
    headers.set(HttpHeaders.ETAG, tag);
    // A reproducible build gives files of two releases one date.
    headers.remove(HttpHeaders.LAST_MODIFIED);
  }
}
