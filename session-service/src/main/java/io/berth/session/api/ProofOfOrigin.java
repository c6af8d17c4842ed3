package io.berth.session.api;

import io.berth.session.identity.PublicUrl;
import io.berth.session.problem.ProblemException;
import io.berth.session.problem.Problems;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.MediaType;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/**
 * Refuses changes that another site could have sent. Its forms can set neither this content type
 * nor this header, and its scripts are stopped by the browser's preflight. A form of ours is known
 * by the origin that browsers say with every POST.
 */
public class ProofOfOrigin {

  private static final String HEADER = "X-Berth-Request";
  private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

  private final PublicUrl publicUrl;

  ProofOfOrigin(PublicUrl publicUrl) {
    this.publicUrl = publicUrl;
  }

  @ServerRequestFilter
  public void require(ContainerRequestContext request) {
    if (!SAFE.contains(request.getMethod())
        && !isJson(request.getMediaType())
        && !"1".equals(request.getHeaderString(HEADER))
        && !isOurForm(
            request.getHeaderString("Origin"), request.getHeaderString("Sec-Fetch-Site"))) {
      throw new ProblemException(Problems.noProof());
    }
  }

  private static boolean isJson(@Nullable MediaType type) {
    return type != null
        && MediaType.APPLICATION_JSON_TYPE.isCompatible(type)
        && !type.isWildcardType();
  }

  private boolean isOurForm(@Nullable String origin, @Nullable String fetchSite) {
    boolean ofOurs = fetchSite == null || fetchSite.equals("same-origin");
    return ofOurs && publicUrl.origin().equals(origin);
  }
}
