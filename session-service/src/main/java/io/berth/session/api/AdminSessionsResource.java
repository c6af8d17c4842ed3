package io.berth.session.api;

import io.berth.common.LoginClaims;
import io.berth.session.identity.Caller;
import io.berth.session.lifecycle.Asked;
import io.berth.session.lifecycle.FindSessions;
import io.berth.session.lifecycle.PauseSession;
import io.berth.session.lifecycle.Session;
import io.berth.session.lifecycle.SessionState;
import io.berth.session.lifecycle.StopSession;
import io.berth.session.problem.MoveProblems;
import io.berth.session.problem.ProblemException;
import io.berth.session.problem.Problems;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/** Everybody's sessions, for those in the provider's group of administrators. */
@Path("/api/v1/admin/sessions")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(LoginClaims.ADMIN)
@RunOnVirtualThread
public class AdminSessionsResource {

  private static final int LONGEST_REASON = 500;

  private final Caller caller;
  private final FindSessions findSessions;
  private final StopSession stopSession;
  private final PauseSession pauseSession;
  private final SessionViews views;

  AdminSessionsResource(
      Caller caller,
      FindSessions findSessions,
      StopSession stopSession,
      PauseSession pauseSession,
      SessionViews views) {
    this.caller = caller;
    this.findSessions = findSessions;
    this.stopSession = stopSession;
    this.pauseSession = pauseSession;
    this.views = views;
  }

  /** A session and whose it is. */
  public record Owned(String ownerId, String owner, SessionView session) {}

  /**
   * Sessions, youngest first.
   *
   * @param next what {@code before} gives the next page, null if this was the last
   */
  public record Page(List<Owned> sessions, @Nullable Long next) {}

  @GET
  @Operation(
      summary = "Sessions of all people, youngest first",
      description = "Only those that have not ended, unless state or ended=true asks for others.")
  public Page list(
      @QueryParam("owner") @Nullable String owner,
      @QueryParam("type") @Nullable String type,
      @QueryParam("state") @Nullable String state,
      @QueryParam("ended") @DefaultValue("false") boolean ended,
      @QueryParam("before") @Nullable Long before,
      @QueryParam("limit") @DefaultValue("100") @Min(1) @Max(1000) int limit) {
    Optional<SessionState> wanted = Optional.ofNullable(state).map(AdminSessionsResource::state);
    List<Session> found =
        findSessions.find(
            new FindSessions.Filter(
                Optional.ofNullable(owner),
                Optional.ofNullable(type),
                wanted,
                wanted.isEmpty() && !ended,
                Optional.ofNullable(before)),
            limit);
    return new Page(
        found.stream().map(this::owned).toList(),
        found.size() < limit ? null : found.getLast().generation());
  }

  @DELETE
  @Path("{id}")
  @Operation(summary = "Stop anyone's session; they read the reason")
  @APIResponse(responseCode = "202", description = "On its way out, or ended already")
  public Response stop(String id, @QueryParam("reason") @Nullable String reason) {
    Optional<String> why = Optional.of(require(reason));
    return switch (stopSession.stop(Actors.admin(caller), SessionIds.parse(id), why)) {
      case StopSession.Stopping(Session session) -> accepted(session);
      case StopSession.AlreadyEnded(Session session) -> accepted(session);
      case StopSession.Unknown() -> throw new ProblemException(Problems.unknownSession());
    };
  }

  @POST
  @Path("{id}/pause")
  @Operation(summary = "Pause anyone's running session; they read the reason")
  @APIResponse(responseCode = "202", description = "On its way; asking again is the same")
  @APIResponse(responseCode = "409", description = "It does not run")
  public Response pause(String id, @QueryParam("reason") @Nullable String reason) {
    Optional<String> why = Optional.of(require(reason));
    return switch (pauseSession.pause(Actors.admin(caller), SessionIds.parse(id), why)) {
      case Asked.OnItsWay(Session session) -> accepted(session);
      case Asked.NotFromHere(Session session) ->
          throw new ProblemException(MoveProblems.of(session, "paused"));
      case Asked.Unknown() -> throw new ProblemException(Problems.unknownSession());
    };
  }

  private Response accepted(Session session) {
    return Response.accepted(owned(session)).build();
  }

  private Owned owned(Session session) {
    return new Owned(session.ownerId(), session.ownerSlug().value(), views.view(session));
  }

  private static String require(@Nullable String reason) {
    if (reason == null || reason.isBlank() || reason.length() > LONGEST_REASON) {
      throw new ProblemException(Problems.reasonMissing());
    }
    return reason.strip();
  }

  private static SessionState state(String word) {
    return SessionState.parse(word).orElseThrow(() -> new ProblemException(Problems.badState()));
  }
}
