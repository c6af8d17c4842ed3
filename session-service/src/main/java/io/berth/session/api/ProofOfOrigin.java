package io.berth.session.api;

import io.berth.session.problem.ProblemException;
import io.berth.session.problem.Problems;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.MediaType;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Refuses changes that another site's form could have sent: a form can set neither this content
 * type nor this header, and a script of another origin is stopped by the browser's preflight.
 */
public class ProofOfOrigin {

  private static final String HEADER = "X-Berth-Request";
  private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

  @ServerRequestFilter
  public void require(ContainerRequestContext request) {
    MediaType type = request.getMediaType();
    boolean json =
        type != null
            && MediaType.APPLICATION_JSON_TYPE.isCompatible(type)
            && !type.isWildcardType();
    if (!SAFE.contains(request.getMethod())
        && !json
        && !"1".equals(request.getHeaderString(HEADER))) {
      throw new ProblemException(Problems.noProof());
    }
  }
}
