package io.berth.auth.desktop;

import io.berth.auth.address.DesktopOrigins;
import io.berth.auth.address.PublicUrl;
import io.berth.auth.key.LoginTokens;
import io.berth.auth.login.SentCookies;
import io.berth.common.DesktopCookie;
import io.berth.common.DesktopDomain;
import io.berth.common.DesktopEntry;
import io.berth.common.EntryProof;
import io.berth.common.LoginClaims;
import io.berth.common.ProxyPath;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jboss.logging.Logger;

/** For the edge, on behalf of a desktop's host: a ticket for the cookie that opens the desktop. */
@Path(DesktopEntry.SERVICE_PATH)
@RunOnVirtualThread
public class RedemptionResource {

  private static final Logger LOG = Logger.getLogger(RedemptionResource.class);

  private final DesktopOrigins origins;
  private final PublicUrl publicUrl;
  private final DesktopTickets tickets;
  private final LoginTokens tokens;

  public RedemptionResource(
      DesktopOrigins origins, PublicUrl publicUrl, DesktopTickets tickets, LoginTokens tokens) {
    this.origins = origins;
    this.publicUrl = publicUrl;
    this.tickets = tickets;
    this.tokens = tokens;
  }

  /** Sets the cookie and goes on to where the ticket says; {@code host} is the desktop's label. */
  @GET
  @Path("{desktop}")
  public Response redeem(@Context RoutingContext context, @PathParam("desktop") String host) {
    DesktopDomain domain = origins.domain().orElseThrow(NotFoundException::new);
    ProxyPath desktop = ProxyPath.parse(host).orElseThrow(NotFoundException::new);
    String origin = domain.originOf(desktop);
    DesktopTickets.Redeemed redeemed =
        EntryStep.only(context, DesktopEntry.TICKET, Optional::of)
            .filter(EntryProof::is256Bits)
            .flatMap(tickets::redeem)
            .orElseThrow(() -> new EntryRefused("no such ticket", origin + "/"));
    if (!redeemed.destination().desktop().equals(desktop)) {
      throw new EntryRefused("the ticket is for another desktop", origin + "/");
    }
    if (!isProven(context, redeemed.proof())) {
      throw new EntryRefused("the ticket is for another browser", origin + "/");
    }
    LoginClaims login = redeemed.login();
    context.response().addCookie(cookie(login, desktop));
    LOG.infof("entered: user=%s login=%s desktop=%s", login.slug(), login.loginId(), desktop);
    // Absolute: whatever the place inside looks like, it is on the desktop's own host.
    return EntryStep.onward(origin + redeemed.destination().inside());
  }

  private boolean isProven(RoutingContext context, EntryProof proof) {
    String name = DesktopCookie.entryName(publicUrl.isHttps());
    return SentCookies.named(name, context.request()).stream()
        .map(EntryProof::of)
        .anyMatch(proof::equals);
  }

  private Cookie cookie(LoginClaims login, ProxyPath desktop) {
    String name = DesktopCookie.tokenName(publicUrl.isHttps());
    return Cookie.cookie(name, tokens.signed(login, desktop))
        .setPath("/")
        .setHttpOnly(true)
        .setSecure(publicUrl.isHttps())
        .setSameSite(CookieSameSite.LAX)
        .setMaxAge(Math.max(1, Duration.between(Instant.now(), login.expiresAt()).toSeconds()));
  }
}
