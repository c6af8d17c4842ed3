package io.berth.auth.desktop;

import io.berth.auth.address.DesktopOrigins;
import io.berth.auth.address.PublicUrl;
import io.berth.auth.login.CurrentLogin;
import io.berth.common.DesktopDomain;
import io.berth.common.DesktopEntry;
import io.berth.common.EntryProof;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** On the portal's origin: gives tickets to desktops' own origins. */
@Path(DesktopEntry.PORTAL_PATH)
@RunOnVirtualThread
public class TicketResource {

  private final DesktopOrigins origins;
  private final PublicUrl publicUrl;
  private final CurrentLogin currentLogin;
  private final DesktopTickets tickets;

  public TicketResource(
      DesktopOrigins origins,
      PublicUrl publicUrl,
      CurrentLogin currentLogin,
      DesktopTickets tickets) {
    this.origins = origins;
    this.publicUrl = publicUrl;
    this.currentLogin = currentLogin;
    this.tickets = tickets;
  }

  /**
   * A ticket for the login that is here, or first its sign-in. Whose desktop it is does not matter:
   * the edge decides that for each request.
   */
  @GET
  public Response ticket(@Context RoutingContext context) {
    DesktopDomain domain = origins.domain().orElseThrow(NotFoundException::new);
    Destination destination =
        EntryStep.only(context, DesktopEntry.RETURN_TO, Destination::at)
            .orElseThrow(NotFoundException::new);
    String origin = domain.originOf(destination.desktop());
    EntryProof proof =
        EntryStep.only(context, DesktopEntry.PROOF, EntryProof::parse)
            .orElseThrow(() -> new EntryRefused("no proof", origin + "/"));
    return currentLogin
        .of(context)
        .flatMap(login -> tickets.issue(login, destination, proof))
        .map(ticket -> origin + DesktopEntry.PATH + "?" + DesktopEntry.TICKET + "=" + ticket)
        .map(EntryStep::onward)
        .orElseGet(() -> signInFirst(destination));
  }

  /** Afterwards back to the desktop's address on the portal, and from there here again. */
  private Response signInFirst(Destination destination) {
    String back = URLEncoder.encode(destination.portalAddress(), StandardCharsets.UTF_8);
    return EntryStep.onward(publicUrl.of("/auth/login?return_to=" + back));
  }
}
