package io.berth.auth.provider;

import io.quarkus.oidc.AuthenticationCompletionAction.AuthenticationCompletionContext;
import io.quarkus.oidc.OIDCException;
import io.quarkus.security.AuthenticationCompletionException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.AuthenticationRedirectException;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticator;
import io.smallrye.mutiny.TimeoutException;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The authorization code flow, driven step by step, so that each way in which it can fail ends on a
 * page of ours and none in a loop.
 */
@ApplicationScoped
public class CodeFlow {

  /** Where the provider sends browsers back to. */
  public static final String CALLBACK_PATH = "/auth/callback";

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final HttpAuthenticator authenticator;
  private final IdentityProvider provider;
  private final PersonConfig config;

  public CodeFlow(HttpAuthenticator authenticator, IdentityProvider provider, PersonConfig config) {
    this.authenticator = authenticator;
    this.provider = provider;
    this.config = config;
  }

  /**
   * Starts a flow for the browser of this request, whose query comes back in {@link
   * SignIn#query()}.
   *
   * @return where to send the browser
   * @throws ProviderUnavailable if the provider does not answer now
   */
  public URI start(RoutingContext context) {
    provider.requireAnswering();
    try {
      ChallengeData challenge = authenticator.getChallenge(context).await().atMost(PATIENCE);
      return location(challenge)
          .orElseThrow(() -> new ProviderUnavailable("no authorization endpoint is known"));
    } catch (OIDCException | TimeoutException e) {
      throw new ProviderUnavailable("the flow could not be started: " + e.getMessage());
    }
  }

  /**
   * Finishes the flow whose callback this is: state, code, PKCE, nonce, signature, issuer, audience
   * and expiry are checked by then.
   *
   * @throws SignInRefused if it is no callback of a flow that this browser started
   * @throws ProviderUnavailable if the provider does not answer now
   */
  public SignIn finish(RoutingContext context) {
    requireSameIssuer(context);
    try {
      authenticator.attemptAuthentication(context).await().atMost(PATIENCE);
    } catch (AuthenticationRedirectException finished) {
      // How quarkus-oidc ends a flow: back to the address that it began at.
      context.response().removeCookie(StateCookies.SESSION, false);
      String query = URI.create(finished.getRedirectUri()).getRawQuery();
      return FinishedFlow.of(context)
          .map(flow -> signIn(flow, query))
          .orElseThrow(() -> new SignInRefused("the provider sent no identity"));
    } catch (AuthenticationCompletionException | AuthenticationFailedException e) {
      provider.requireAnswering();
      throw new SignInRefused("the code flow failed");
    } catch (OIDCException | TimeoutException e) {
      throw new ProviderUnavailable("the flow could not be finished: " + e.getMessage());
    }
    throw new SignInRefused("no sign-in with this state is under way in this browser");
  }

  private static Optional<URI> location(ChallengeData challenge) {
    return challenge.getHeaders().entrySet().stream()
        .filter(header -> header.getKey().toString().equalsIgnoreCase("location"))
        .map(header -> URI.create(header.getValue()))
        .findFirst();
  }

  /** RFC 9207: a code of another provider is not for this one's token endpoint. */
  private void requireSameIssuer(RoutingContext context) {
    List<String> issuers = context.queryParam("iss");
    if (!issuers.isEmpty() && !issuers.equals(List.of(provider.issuer()))) {
      throw new SignInRefused("the callback is of another issuer");
    }
  }

  private SignIn signIn(AuthenticationCompletionContext flow, String query) {
    Claims claims = new Claims(flow.identity());
    return new SignIn(
        claims.person(config.adminGroup()),
        claims.groups(config.groupPattern()),
        flow.tokens().getIdToken(),
        claims.providerSession().orElse(null),
        query);
  }
}
