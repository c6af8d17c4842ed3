package io.berth.auth.logout;

import io.berth.auth.provider.IdentityProvider;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import org.jboss.logging.Logger;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jspecify.annotations.Nullable;

/** Where the identity provider tells of sign-outs (OpenID Connect Back-Channel Logout 1.0). */
@Path("/auth/backchannel-logout")
@RunOnVirtualThread
public class BackChannelResource {

  private static final Logger LOG = Logger.getLogger(BackChannelResource.class);

  private final IdentityProvider provider;
  private final LogoutTokens tokens;

  BackChannelResource(IdentityProvider provider, LogoutTokens tokens) {
    this.provider = provider;
    this.tokens = tokens;
  }

  /** Takes {@code logout_token}; 200 when its logins are over, 400 when it proves nothing. */
  @POST
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  public Response logout(@FormParam("logout_token") @Nullable String token) {
    if (token == null || token.isBlank()) {
      throw new LogoutTokenRefused("there is none");
    }
    int ended = tokens.honour(LogoutToken.read(verified(token), Instant.now()));
    LOG.infof("signed out by the identity provider: logins=%d", ended);
    return Response.ok().build();
  }

  private JwtClaims verified(String token) {
    try {
      return provider.logoutClaims(token);
    } catch (InvalidJwtException e) {
      throw new LogoutTokenRefused("signature, issuer, audience or expiry is wrong");
    }
  }
}
