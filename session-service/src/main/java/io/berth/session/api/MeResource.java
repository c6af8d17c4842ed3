package io.berth.session.api;

import io.berth.session.identity.Caller;
import io.berth.session.identity.PublicUrl;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Who the caller is. */
@Path("/api/v1/me")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@RunOnVirtualThread
public class MeResource {

  private final Caller caller;
  private final PublicUrl publicUrl;

  MeResource(Caller caller, PublicUrl publicUrl) {
    this.caller = caller;
    this.publicUrl = publicUrl;
  }

  /** The caller: id, name in addresses, roles, and where desktops are. */
  public record Me(String id, String slug, Set<String> roles, Desktops desktops) {}

  /**
   * How desktops are kept apart.
   *
   * @param isolated whether each has an origin of its own; else all share the portal's
   * @param address where they are, {@code {path}} standing for {username}-{type}
   */
  public record Desktops(boolean isolated, String address) {}

  @GET
  @Operation(summary = "Who you are")
  public Me me() {
    return new Me(
        caller.id(),
        caller.slug().value(),
        caller.roles(),
        new Desktops(publicUrl.desktopsAreIsolated(), publicUrl.desktopPattern()));
  }
}
