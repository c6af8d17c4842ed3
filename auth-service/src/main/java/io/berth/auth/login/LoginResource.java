package io.berth.auth.login;

import io.berth.auth.address.PublicUrl;
import io.berth.auth.key.LoginTokens;
import io.berth.auth.key.TokenConfig;
import io.berth.auth.person.People;
import io.berth.auth.person.Person;
import io.berth.auth.provider.CodeFlow;
import io.berth.auth.provider.SignIn;
import io.berth.common.LoginClaims;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Where browsers sign in: off to the identity provider, and back with a code. */
@Path("/auth")
@RunOnVirtualThread
public class LoginResource {

  private static final Logger LOG = Logger.getLogger(LoginResource.class);

  private final CodeFlow flow;
  private final People people;
  private final Logins logins;
  private final LoginTokens tokens;
  private final LoginCookies cookies;
  private final CurrentLogin currentLogin;
  private final WantedDesktop wantedDesktop;
  private final PublicUrl publicUrl;
  private final Duration lifetime;

  public LoginResource(
      CodeFlow flow,
      People people,
      Logins logins,
      LoginTokens tokens,
      LoginCookies cookies,
      CurrentLogin currentLogin,
      WantedDesktop wantedDesktop,
      PublicUrl publicUrl,
      TokenConfig config) {
    this.flow = flow;
    this.people = people;
    this.logins = logins;
    this.tokens = tokens;
    this.cookies = cookies;
    this.currentLogin = currentLogin;
    this.wantedDesktop = wantedDesktop;
    this.publicUrl = publicUrl;
    this.lifetime = config.loginLifetime();
  }

  /** Starts a sign-in, also for who is signed in already; {@code return_to} is where it leads. */
  @GET
  @Path("login")
  public Response login(@Context RoutingContext context) {
    if (!LoginQuery.isPlain(context.request().query())) {
      return Response.seeOther(URI.create(publicUrl.of("/auth/login"))).build();
    }
    URI provider = flow.start(context);
    wantedDesktop.remember(context, LoginQuery.returnTo(context.request().query()));
    return Response.status(Response.Status.FOUND).location(provider).build();
  }

  /** Finishes a sign-in: who it is, a new login, its cookie, and on to where it was to lead. */
  @GET
  @Path("callback")
  public Response callback(@Context RoutingContext context) {
    SignIn signIn = flow.finish(context);
    Person person = people.findOrCreate(signIn.person());
    endLoginsOfOthers(context, person);
    LoginClaims claims = newLogin(person);
    logins.add(claims, person, signIn.idToken(), signIn.providerSession());
    context.response().addCookie(cookies.with(tokens.signed(claims, signIn.groups()), lifetime));
    LOG.infof("signed in: user=%s login=%s", person.slug(), claims.loginId());
    String returnTo = LoginQuery.returnTo(signIn.query()).address();
    return Response.seeOther(URI.create(publicUrl.of(returnTo))).build();
  }

  /** Whoever had this browser before has open desktops in it, perhaps at origins of their own. */
  private void endLoginsOfOthers(RoutingContext context, Person person) {
    for (LoginClaims before : currentLogin.all(context)) {
      if (!before.subject().equals(person.id().toString())) {
        var _ = logins.end(before);
        LOG.infof("ended by another's sign-in: user=%s login=%s", before.slug(), before.loginId());
      }
    }
  }

  private LoginClaims newLogin(Person person) {
    return new LoginClaims(
        person.id().toString(),
        person.slug(),
        person.roles(),
        UUID.randomUUID().toString(),
        Instant.now().plus(lifetime));
  }
}
