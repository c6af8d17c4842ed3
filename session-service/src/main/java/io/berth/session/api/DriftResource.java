package io.berth.session.api;

import io.berth.common.LoginClaims;
import io.berth.session.lifecycle.Repairs;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** What was found to differ from what is wanted, and was mended. */
@Path("/api/v1/admin/drift")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(LoginClaims.ADMIN)
@RunOnVirtualThread
public class DriftResource {

  private final Repairs repairs;

  DriftResource(Repairs repairs) {
    this.repairs = repairs;
  }

  /**
   * The repairs.
   *
   * @param lastDay how many of each kind in the last 24 hours
   * @param latest the latest 200 of the last 30 days, youngest first
   */
  public record Drift(Map<String, Integer> lastDay, List<Repairs.Done> latest) {}

  @GET
  @Operation(summary = "Repairs of sessions, containers, routes and ports; for administrators")
  @APIResponse(responseCode = "200", description = "What was mended, youngest first")
  @APIResponse(responseCode = "403", description = "The caller is no administrator")
  public Drift drift() {
    return new Drift(repairs.countOfLastDay(), repairs.latest());
  }
}
