package io.berth.session.api;

import io.berth.common.LoginClaims;
import io.berth.session.audit.ReadAudit;
import io.berth.session.identity.Caller;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** Who did what: to administrators everything, to a person what concerns them. */
@Path("/api/v1/audit")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@RunOnVirtualThread
public class AuditResource {

  private final Caller caller;
  private final ReadAudit readAudit;

  AuditResource(Caller caller, ReadAudit readAudit) {
    this.caller = caller;
    this.readAudit = readAudit;
  }

  /**
   * Lines, youngest first.
   *
   * @param next what {@code before} gives the next page, null if this was the last
   */
  public record Page(List<ReadAudit.Line> lines, @Nullable Long next) {}

  @GET
  @Operation(
      summary = "Who did what to which session, when, why and with what outcome",
      description =
          "Administrators see all; a person sees what was done to their own sessions and what they"
              + " did. Times are ISO-8601; next is the value of before for the next page.")
  public Page list(
      @QueryParam("session") @Nullable String session,
      @QueryParam("owner") @Nullable String owner,
      @QueryParam("actor") @Nullable String actor,
      @QueryParam("action") @Nullable String action,
      @QueryParam("outcome") @Nullable String outcome,
      @QueryParam("from") @Nullable String from,
      @QueryParam("to") @Nullable String to,
      @QueryParam("before") @Nullable Long before,
      @QueryParam("limit") @DefaultValue("100") @Min(1) @Max(1000) int limit) {
    boolean all = caller.roles().contains(LoginClaims.ADMIN);
    List<ReadAudit.Line> lines =
        readAudit.find(
            new ReadAudit.Filter(
                all ? Optional.empty() : Optional.of(caller.id()),
                Optional.ofNullable(session).map(SessionIds::parse),
                Optional.ofNullable(owner),
                Optional.ofNullable(actor),
                Optional.ofNullable(action),
                Optional.ofNullable(outcome),
                Times.parse("from", from),
                Times.parse("to", to),
                Optional.ofNullable(before)),
            limit);
    return new Page(lines, lines.size() < limit ? null : lines.getLast().id());
  }
}
