package io.berth.session.portal;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Headers that make a browser keep to this origin, and ask before it reuses a file. */
@ApplicationScoped
class PortalHeaders {

  // No form-action: browsers apply it to redirects too, and sign-out ends at the identity provider.
  static final String POLICY =
      "default-src 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'";

  private static final int BEFORE_EVERYTHING = 1_000;

  private final PortalFiles files;

  PortalHeaders(PortalFiles files) {
    this.files = files;
  }

  void register(@Observes Filters filters) {
    filters.register(this::apply, BEFORE_EVERYTHING);
  }

  private void apply(RoutingContext context) {
    String path = context.normalizedPath();
    var tag = files.tag(path);
    context.addHeadersEndHandler(ignored -> {
      MultiMap headers = context.response().headers();
      secure(path, headers);
      tag.ifPresent(value -> revalidate(value, headers));
    });
    if (tag.isPresent()
        && tag.get().equals(context.request().getHeader(HttpHeaders.IF_NONE_MATCH))) {
      context.response().setStatusCode(304).end();
      return;
    }
    context.next();
  }

  private static void secure(String path, MultiMap headers) {
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Referrer-Policy", "no-referrer");
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

  private static void revalidate(String tag, MultiMap headers) {
    // Not no-store, which would keep the portal out of the browser's back/forward cache.
    headers.set(HttpHeaders.CACHE_CONTROL, "no-cache");
    headers.set(HttpHeaders.ETAG, tag);
    // A reproducible build gives files of two releases one date.
    headers.remove(HttpHeaders.LAST_MODIFIED);
  }
}
