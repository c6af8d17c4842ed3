package io.berth.auth.provider;

import io.quarkus.oidc.OIDCException;
import io.quarkus.oidc.OidcConfigurationMetadata;
import io.quarkus.oidc.runtime.OidcProvider;
import io.quarkus.oidc.runtime.TenantConfigBean;
import io.quarkus.oidc.runtime.TenantConfigContext;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.TimeoutException;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.jboss.logging.Logger;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.lang.UnresolvableKeyException;

/** The configured identity provider: whether it answers, its endpoints, its signatures. */
@ApplicationScoped
public class IdentityProvider {

  /** What a look at the provider found, and when. */
  public record Look(boolean answers, Instant at) {}

  private static final Logger LOG = Logger.getLogger(IdentityProvider.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration FRESH = Duration.ofSeconds(3);

  private final TenantConfigBean tenants;
  private volatile Look last = new Look(true, Instant.EPOCH);

  public IdentityProvider(TenantConfigBean tenants) {
    this.tenants = tenants;
  }

  /** What the last look found. */
  public Look lastLook() {
    return last;
  }

  /** Whether the provider answers now, or did a moment ago. */
  public boolean answers() {
    Look look = last;
    return look.at().plus(FRESH).isAfter(Instant.now()) ? look.answers() : look();
  }

  /**
   * Does nothing if the provider answers.
   *
   * @throws ProviderUnavailable if it does not
   */
  public void requireAnswering() {
    if (!answers()) {
      throw new ProviderUnavailable("it does not answer");
    }
  }

  /** The provider's name for itself. */
  public String issuer() {
    return metadata().getIssuer();
  }

  /**
   * Where a browser ends its session at the provider and comes back from (OpenID Connect
   * RP-Initiated Logout), if the provider has such a place.
   */
  public Optional<URI> logoutAddress(String idToken, String returnTo) {
    return Optional.ofNullable(metadata().getEndSessionUri())
        .map(endpoint ->
            URI.create(
                endpoint
                    + (endpoint.contains("?") ? "&" : "?")
                    + "id_token_hint="
                    + encoded(idToken)
                    + "&post_logout_redirect_uri="
                    + encoded(returnTo)));
  }

  /**
   * The claims of a logout token that this provider signed for this client, unexpired.
   *
   * @throws InvalidJwtException if it did not
   */
  public JwtClaims logoutClaims(String token) throws InvalidJwtException {
    OidcProvider provider = tenant().provider();
    try {
      provider.verifyLogoutJwtToken(token);
    } catch (InvalidJwtException e) {
      if (!(e.getCause() instanceof UnresolvableKeyException)) {
        throw e;
      }
      // Perhaps a key newer than our copy of the set; quarkus-oidc limits how often it looks again.
      verifyWithNewKeys(provider, token);
    }
    return new JwtConsumerBuilder()
        .setSkipAllValidators()
        .setDisableRequireSignature()
        .setSkipSignatureVerification()
        .build()
        .processToClaims(token);
  }

  private static void verifyWithNewKeys(OidcProvider provider, String token)
      throws InvalidJwtException {
    try {
      provider.refreshJwksAndVerifyJwtToken(token, true, false, null).await().atMost(PATIENCE);
    } catch (CompletionException e) {
      if (e.getCause() instanceof InvalidJwtException invalid) {
        throw invalid;
      }
      throw e;
    } catch (OIDCException | TimeoutException e) {
      throw new ProviderUnavailable("its keys can't be read: " + e.getMessage());
    }
  }

  @Scheduled(every = "15s", delayed = "5s")
  void lookRegularly() {
    look();
  }

  private boolean look() {
    boolean answers = asked();
    if (answers != last.answers()) {
      if (answers) {
        LOG.info("the identity provider answers again");
      } else {
        LOG.warn(
            "the identity provider does not answer: nobody can sign in until it does; check"
                + " quarkus.oidc.auth-server-url");
      }
    }
    last = new Look(answers, Instant.now());
    return answers;
  }

  /** With quarkus-oidc's own client, so that its TLS and proxy settings hold here too. */
  private boolean asked() {
    try {
      TenantConfigContext tenant = tenant();
      String address = address(tenant);
      return tenant
              .getOidcProviderClient()
              .getWebClient()
              .getAbs(address)
              .send()
              .await()
              .atMost(PATIENCE)
              .statusCode()
          < 500;
    } catch (RuntimeException e) {
      LOG.debugf("the identity provider does not answer: %s", e.getMessage());
      return false;
    }
  }

  private static String address(TenantConfigContext tenant) {
    if (tenant.oidcConfig().discoveryEnabled().orElse(true)) {
      String discovery = tenant.getOidcMetadata().getDiscoveryUri();
      return discovery != null
          ? discovery
          : tenant.oidcConfig().authServerUrl().orElseThrow() + "/.well-known/openid-configuration";
    }
    return tenant.getOidcMetadata().getAuthorizationUri();
  }

  private OidcConfigurationMetadata metadata() {
    return tenant().getOidcMetadata();
  }

  /** Connected, if need be only now: a provider may come up after us. */
  private TenantConfigContext tenant() {
    try {
      TenantConfigContext tenant = tenants.getDefaultTenant();
      return tenant.initialize().await().atMost(PATIENCE);
    } catch (OIDCException | TimeoutException e) {
      throw new ProviderUnavailable("it does not answer: " + e.getMessage());
    }
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
