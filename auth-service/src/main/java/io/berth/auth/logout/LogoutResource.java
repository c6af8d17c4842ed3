package io.berth.auth.logout;

import io.berth.auth.address.PublicUrl;
import io.berth.auth.key.LoginTokens;
import io.berth.auth.login.LoginCookies;
import io.berth.auth.login.Logins;
import io.berth.auth.page.Page;
import io.berth.auth.page.Page.Next;
import io.berth.auth.provider.IdentityProvider;
import io.berth.common.LoginClaims;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.Cookie;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Where people sign out: here, then at the identity provider. */
@Path("/auth")
@RunOnVirtualThread
public class LogoutResource {

  private static final Logger LOG = Logger.getLogger(LogoutResource.class);
  private static final String SIGNED_OUT = "/auth/signed-out";

  private final LoginTokens tokens;
  private final LoginCookies cookies;
  private final Logins logins;
  private final IdentityProvider provider;
  private final PublicUrl publicUrl;

  public LogoutResource(
      LoginTokens tokens,
      LoginCookies cookies,
      Logins logins,
      IdentityProvider provider,
      PublicUrl publicUrl) {
    this.tokens = tokens;
    this.cookies = cookies;
    this.logins = logins;
    this.provider = provider;
    this.publicUrl = publicUrl;
  }

  /** Asks first: a link or an image must not sign anyone out. */
  @GET
  @Path("logout")
  public Response ask() {
    return new Page(
            "Sign out?",
            "Your desktops keep running; you can come back to them.",
            new Next.Form("Sign out", publicUrl.of("/auth/logout")))
        .answer(200)
        .build();
  }

  /** Ends the login at once, then sends the browser to the provider to end its session there. */
  @POST
  @Path("logout")
  public Response logout(
      @Context RoutingContext context,
      @HeaderParam("Origin") @Nullable String origin,
      @HeaderParam("Sec-Fetch-Site") @Nullable String site) {
    requireOwnPage(origin, site);
    Optional<String> idToken = login(context).flatMap(this::ended);
    context.response().addCookie(cookies.dropped());
    return idToken.map(this::atTheProvider).orElseGet(this::signedOutAnswer);
  }

  /** Where the provider sends browsers to after its own sign-out. */
  @GET
  @Path("signed-out")
  public Response signedOut() {
    return new Page(
            "You are signed out",
            "Your desktops keep running until they are stopped.",
            new Next.Link("Sign in", publicUrl.of("/auth/login")))
        .answer(200)
        .build();
  }

  /** Browsers send Origin with each POST; where a page's policy made it null, they say the site. */
  private void requireOwnPage(@Nullable String origin, @Nullable String site) {
    boolean unsaid = origin == null || origin.equals("null");
    if (unsaid ? !"same-origin".equals(site) : !publicUrl.origin().equals(origin)) {
      throw new ForeignOrigin();
    }
  }

  private Optional<LoginClaims> login(RoutingContext context) {
    Cookie cookie = context.request().getCookie(publicUrl.loginCookieName());
    return cookie == null ? Optional.empty() : tokens.verified(cookie.getValue());
  }

  private Optional<String> ended(LoginClaims claims) {
    Optional<String> idToken = logins.end(claims);
    LOG.infof("signed out: user=%s login=%s", claims.slug(), claims.loginId());
    return idToken;
  }

  /**
   * By a page and not by a redirect: browsers hold redirects of a form against the form-action
   * policy of the page it is on, and a provider is another origin.
   */
  private Response atTheProvider(String idToken) {
    if (!provider.answers()) {
      return new Page(
              "You are signed out of Berth",
              "The identity provider does not answer, so you may still be signed in there."
                  + " On a shared computer, close the browser.",
              new Next.Link("Sign in", publicUrl.of("/auth/login")))
          .answer(200)
          .build();
    }
    return provider
        .logoutAddress(idToken, publicUrl.of(SIGNED_OUT))
        .map(address ->
            new Page(
                    "Signing you out",
                    "You are signed out of Berth; next, of the identity provider.",
                    new Next.Onward("Continue", address.toString()))
                .answer(200)
                .build())
        .orElseGet(this::signedOutAnswer);
  }

  private Response signedOutAnswer() {
    return Response.seeOther(URI.create(publicUrl.of(SIGNED_OUT))).build();
  }
}
