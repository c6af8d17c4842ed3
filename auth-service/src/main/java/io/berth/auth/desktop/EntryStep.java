package io.berth.auth.desktop;

import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What the steps of an entry have in common: parameters that count once, redirects that tell
 * nobody.
 */
final class EntryStep {

  private EntryStep() {}

  /** What a parameter says, if it is there once and says it properly. */
  static <T> Optional<T> only(
      RoutingContext context, String parameter, Function<String, Optional<T>> read) {
    List<String> values = context.queryParam(parameter);
    return values.size() == 1 ? read.apply(values.getFirst()) : Optional.empty();
  }

  static Response onward(String address) {
    return Response.status(Response.Status.FOUND)
        .location(URI.create(address))
        .header("Referrer-Policy", "no-referrer")
        .build();
  }
}
