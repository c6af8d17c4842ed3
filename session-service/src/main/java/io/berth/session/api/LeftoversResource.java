package io.berth.session.api;

import io.berth.common.LoginClaims;
import io.berth.session.identity.Caller;
import io.berth.session.leftover.FindLeftovers;
import io.berth.session.leftover.Leftover;
import io.berth.session.leftover.RemoveLeftovers;
import io.berth.session.problem.ProblemException;
import io.berth.session.problem.Problems;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** What the engine has and no session accounts for; {@code ./berth cleanup} by API. */
@Path("/api/v1/admin/leftovers")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(LoginClaims.ADMIN)
@RunOnVirtualThread
public class LeftoversResource {

  private final FindLeftovers findLeftovers;
  private final RemoveLeftovers removeLeftovers;
  private final Caller caller;

  LeftoversResource(FindLeftovers findLeftovers, RemoveLeftovers removeLeftovers, Caller caller) {
    this.findLeftovers = findLeftovers;
    this.removeLeftovers = removeLeftovers;
    this.caller = caller;
  }

  @GET
  @Operation(
      summary =
          "Containers of the port-based version, those that no session has, homes that nobody owns")
  @APIResponse(responseCode = "200", description = "What a removal would remove")
  @APIResponse(responseCode = "403", description = "The caller is no administrator")
  public List<Leftover> list() {
    return findLeftovers.find();
  }

  @DELETE
  @Operation(summary = "Remove leftovers that you have seen, by their ids")
  @APIResponse(responseCode = "200", description = "What was removed")
  @APIResponse(responseCode = "400", description = "No ids: nothing is removed unseen")
  @APIResponse(responseCode = "403", description = "The caller is no administrator")
  public List<Leftover> remove(@QueryParam("id") List<String> ids) {
    if (ids.isEmpty()) {
      throw new ProblemException(Problems.nothingChosen());
    }
    return removeLeftovers.remove(ids, Actors.admin(caller));
  }
}
