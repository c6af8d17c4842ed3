package io.berth.session.api;

import io.berth.session.identity.Caller;
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

  MeResource(Caller caller) {
    this.caller = caller;
  }

  /** The caller: id, name in addresses, roles. */
  public record Me(String id, String slug, Set<String> roles) {}

  @GET
  @Operation(summary = "Who you are")
  public Me me() {
    return new Me(caller.id(), caller.slug().value(), caller.roles());
  }
}
