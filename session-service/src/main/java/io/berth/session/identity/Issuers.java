package io.berth.session.identity;

import io.berth.common.LoginClaims;
import io.quarkus.oidc.OidcRequestContext;
import io.quarkus.oidc.OidcTenantConfig;
import io.quarkus.oidc.TenantConfigResolver;
import io.quarkus.oidc.runtime.OidcTenantConfig.ApplicationType;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Says which issuer a bearer token must be checked against: auth-service's login tokens, or, where
 * configured, the identity provider's access tokens for machines. What the token says of its issuer
 * only chooses the check; the check itself decides.
 */
@ApplicationScoped
public class Issuers implements TenantConfigResolver {

  /** Tenant of login tokens. */
  static final String LOGIN = "login";

  /** Tenant of the provider's access tokens. */
  static final String PROVIDER = "provider";

  private static final String BEARER = "bearer ";
  private static final int SKEW_SECONDS = 60;

  private final String loginIssuer;
  private final OidcTenantConfig login;
  private final Optional<OidcTenantConfig> provider;

  Issuers(PublicUrl publicUrl, IssuersConfig config) {
    this.loginIssuer = publicUrl.origin();
    this.login = login(loginIssuer, config.login().jwksUrl().toString());
    this.provider = config.provider().url().map(url -> provider(url.toString()));
  }

  @Override
  public Uni<OidcTenantConfig> resolve(
      RoutingContext context, OidcRequestContext<OidcTenantConfig> requestContext) {
    String header = context.request().getHeader(HttpHeaders.AUTHORIZATION);
    boolean ofProvider =
        provider.isPresent() && header != null && !loginIssuer.equals(claimedIssuer(header));
    return Uni.createFrom().item(ofProvider ? provider.get() : login);
  }

  private static @Nullable String claimedIssuer(String header) {
    if (!header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      return null;
    }
    String[] parts = header.substring(BEARER.length()).split("\\.", -1);
    if (parts.length != 3) {
      return null;
    }
    try {
      byte[] payload = Base64.getUrlDecoder().decode(parts[1]);
      return new JsonObject(new String(payload, StandardCharsets.UTF_8)).getString("iss");
    } catch (IllegalArgumentException | DecodeException | ClassCastException e) {
      return null;
    }
  }

  private static OidcTenantConfig login(String issuer, String jwksUrl) {
    return OidcTenantConfig.authServerUrl(issuer)
        .tenantId(LOGIN)
        .applicationType(ApplicationType.SERVICE)
        .discoveryEnabled(false)
        .jwksPath(jwksUrl)
        .jwks()
        .resolveEarly(false) // auth-service may start later
        .end()
        .token()
        .issuer(issuer)
        .audience(LoginClaims.AUDIENCE)
        .signatureAlgorithm(io.quarkus.oidc.runtime.OidcTenantConfig.SignatureAlgorithm.ES256)
        .subjectRequired(true)
        .lifespanGrace(SKEW_SECONDS)
        .allowJwtIntrospection(false)
        .allowOpaqueTokenIntrospection(false)
        .end()
        .build();
  }

  private static OidcTenantConfig provider(String url) {
    return OidcTenantConfig.authServerUrl(url)
        .tenantId(PROVIDER)
        .applicationType(ApplicationType.SERVICE)
        .connectionDelay(Duration.ofSeconds(3))
        .token()
        .audience(LoginClaims.AUDIENCE)
        .subjectRequired(true)
        .lifespanGrace(SKEW_SECONDS)
        .allowJwtIntrospection(false)
        .allowOpaqueTokenIntrospection(false)
        .end()
        .build();
  }
}
