package io.berth.auth.provider;

import io.berth.auth.address.PublicUrl;
import io.berth.auth.key.Seal;
import io.quarkus.oidc.Oidc;
import io.quarkus.oidc.OidcTenantConfig;
import io.quarkus.oidc.runtime.OidcConfig;
import io.quarkus.oidc.runtime.OidcTenantConfig.ApplicationType;
import io.quarkus.oidc.runtime.OidcTenantConfig.Authentication.CookieSameSite;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;

/**
 * Adds to the configured {@code quarkus.oidc.*} what is not for configuration: the code flow with
 * PKCE and nonce, the one redirect address, the state cookie.
 */
@ApplicationScoped
public class ProviderSetup {

  private static final Duration STATE_COOKIE_AGE = Duration.ofMinutes(15);

  private final PublicUrl publicUrl;
  private final Seal seal;

  public ProviderSetup(PublicUrl publicUrl, Seal seal) {
    this.publicUrl = publicUrl;
    this.seal = seal;
  }

  void setUp(@Observes Oidc oidc, OidcConfig config) {
    oidc.create(
        OidcTenantConfig.builder(OidcConfig.getDefaultTenant(config))
            .applicationType(ApplicationType.WEB_APP)
            .authentication()
            // Absolute: neither Host nor forwarded headers have a say.
            .redirectPath(publicUrl.of(CodeFlow.CALLBACK_PATH))
            // So the query of /auth/login travels in the encrypted state cookie.
            .restorePathAfterRedirect(true)
            .removeRedirectParameters(true)
            .pkceRequired(true)
            .nonceRequired(true)
            .stateSecret(seal.stateCookieSecret())
            .stateCookieAge(STATE_COOKIE_AGE)
            .stateCookieSameSite(CookieSameSite.LAX)
            .cookieSameSite(CookieSameSite.LAX)
            .cookieForceSecure(publicUrl.isHttps())
            .cookiePath("/auth")
            .allowMultipleCodeFlows(true)
            .end()
            .build());
  }
}
