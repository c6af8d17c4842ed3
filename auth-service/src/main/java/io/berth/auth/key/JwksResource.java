package io.berth.auth.key;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.CacheControl;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Publishes the keys by which login tokens are verified (RFC 7517). */
@Path("/auth/jwks")
public class JwksResource {

  /** Less than a key is published ahead of signing, so that no cache misses a key. */
  private static final int MAX_AGE_SECONDS = 300;

  private final SigningKeys keys;

  public JwksResource(SigningKeys keys) {
    this.keys = keys;
  }

  /** The key set, cacheable for five minutes; 503 while no key is loaded. */
  @GET
  @Produces(MediaType.APPLICATION_JSON)
  public Response jwks(@Context Request request) {
    List<SigningKey> published = keys.published();
    if (published.isEmpty()) {
      throw new NoSigningKey();
    }
    CacheControl cacheable = new CacheControl();
    cacheable.setMaxAge(MAX_AGE_SECONDS);
    cacheable.setNoTransform(false);
    EntityTag tag =
        new EntityTag(published.stream().map(SigningKey::kid).collect(Collectors.joining(".")));
    Response.ResponseBuilder unchanged = request.evaluatePreconditions(tag);
    Response.ResponseBuilder response =
        unchanged != null
            ? unchanged
            : Response.ok(
                Map.of("keys", published.stream().map(SigningKey::publicParameters).toList()));
    return response.tag(tag).cacheControl(cacheable).build();
  }
}
