package io.berth.auth.admin;

import io.berth.auth.address.OwnPage;
import io.berth.auth.login.CurrentLogin;
import io.berth.auth.login.Logins;
import io.berth.auth.login.OpenLogin;
import io.berth.common.LoginClaims;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Logins as administrators see and end them. What is ended is over at every edge at once: requests
 * and open WebSockets.
 */
@Path("/auth/admin")
@RunOnVirtualThread
public class LoginsResource {

  private static final Logger LOG = Logger.getLogger(LoginsResource.class);

  private final CurrentLogin currentLogin;
  private final Logins logins;
  private final OwnPage ownPage;

  public LoginsResource(CurrentLogin currentLogin, Logins logins, OwnPage ownPage) {
    this.currentLogin = currentLogin;
    this.logins = logins;
    this.ownPage = ownPage;
  }

  /**
   * Whose logins are to end: one of the two.
   *
   * @param user a person's slug, for all of their logins
   * @param login one login's id
   */
  public record Revocation(@Nullable String user, @Nullable String login) {}

  /** How many logins ended. */
  public record Ended(int ended) {}

  /** The logins under way, newest first; of one person if {@code user} is given. */
  @GET
  @Path("logins")
  @Produces(MediaType.APPLICATION_JSON)
  public List<OpenLogin> underWay(
      @Context RoutingContext context, @QueryParam("user") @Nullable String user) {
    requireAdministrator(context);
    return logins.underWay(Optional.ofNullable(user));
  }

  /** Ends all logins of a person, or one; 404 if there is no such person or login. */
  @POST
  @Path("revocations")
  @Consumes(MediaType.APPLICATION_JSON)
  @Produces(MediaType.APPLICATION_JSON)
  public Ended revoke(
      @Context RoutingContext context,
      @HeaderParam("Origin") @Nullable String origin,
      @HeaderParam("Sec-Fetch-Site") @Nullable String site,
      @Nullable Revocation revocation) {
    ownPage.require(origin, site);
    LoginClaims administrator = requireAdministrator(context);
    String user = revocation == null ? null : revocation.user();
    String login = revocation == null ? null : revocation.login();
    OptionalInt ended;
    if (user != null && login == null) {
      ended = logins.endAllOf(user);
    } else if (login != null && user == null) {
      ended = logins.endOne(login);
    } else {
      throw new BadRequestException();
    }
    LOG.infof(
        "revoked by an administrator: user=%s login=%s logins=%d by=%s",
        printable(user), printable(login), ended.orElse(0), administrator.slug());
    return new Ended(ended.orElseThrow(NotFoundException::new));
  }

  private static String printable(@Nullable String text) {
    return text == null ? "-" : text.replaceAll("[^A-Za-z0-9_-]", "?");
  }

  private LoginClaims requireAdministrator(RoutingContext context) {
    LoginClaims login = currentLogin.of(context).orElseThrow(() -> new AdministratorOnly(false));
    return switch (logins.standing(login.loginId())) {
      case OVER -> throw new AdministratorOnly(false);
      case USER -> throw new AdministratorOnly(true);
      case ADMINISTRATOR -> login;
    };
  }
}
