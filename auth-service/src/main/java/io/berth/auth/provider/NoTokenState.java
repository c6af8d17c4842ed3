package io.berth.auth.provider;

import io.quarkus.oidc.AuthorizationCodeTokens;
import io.quarkus.oidc.OidcRequestContext;
import io.quarkus.oidc.OidcTenantConfig;
import io.quarkus.oidc.TokenStateManager;
import io.quarkus.security.AuthenticationFailedException;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;

/**
 * Keeps quarkus-oidc from putting the provider's tokens into a cookie. Berth has a login of its own
 * once a code flow is finished, so there is no quarkus-oidc session to find again.
 */
@Alternative
@Priority(1)
@ApplicationScoped
public class NoTokenState implements TokenStateManager {

  @Override
  public Uni<String> createTokenState(
      RoutingContext context,
      OidcTenantConfig config,
      AuthorizationCodeTokens tokens,
      OidcRequestContext<String> requestContext) {
    return Uni.createFrom().item("none");
  }

  @Override
  public Uni<AuthorizationCodeTokens> getTokens(
      RoutingContext context,
      OidcTenantConfig config,
      String tokenState,
      OidcRequestContext<AuthorizationCodeTokens> requestContext) {
    return Uni.createFrom()
        .failure(new AuthenticationFailedException("there are no such sessions"));
  }

  @Override
  public Uni<Void> deleteTokens(
      RoutingContext context,
      OidcTenantConfig config,
      String tokenState,
      OidcRequestContext<Void> requestContext) {
    return Uni.createFrom().voidItem();
  }
}
