package io.berth.auth.logout;

import io.berth.auth.address.OwnPage;
import io.berth.auth.address.PublicUrl;
import io.berth.auth.login.CurrentLogin;
import io.berth.auth.login.LoginCookies;
import io.berth.auth.login.Logins;
import io.berth.auth.page.Page;
import io.berth.auth.page.Page.Next;
import io.berth.auth.provider.IdentityProvider;
import io.berth.common.LoginClaims;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Where people sign out: here, then at the identity provider. */
@Path("/auth")
@RunOnVirtualThread
public class LogoutResource {

  private static final Logger LOG = Logger.getLogger(LogoutResource.class);
  private static final String SIGNED_OUT = "/auth/signed-out";

  private final OwnPage ownPage;
  private final CurrentLogin currentLogin;
  private final LoginCookies cookies;
  private final Logins logins;
  private final IdentityProvider provider;
  private final PublicUrl publicUrl;

  public LogoutResource(
      OwnPage ownPage,
      CurrentLogin currentLogin,
      LoginCookies cookies,
      Logins logins,
      IdentityProvider provider,
      PublicUrl publicUrl) {
    this.ownPage = ownPage;
    this.currentLogin = currentLogin;
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
    ownPage.require(origin, site);
    // Every copy of the cookie: a page of a desktop may have planted one before or behind ours.
    List<Optional<String>> ended = currentLogin.all(context).stream().map(this::ended).toList();
    Optional<String> idToken = ended.stream().flatMap(Optional::stream).reduce((a, last) -> last);
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
