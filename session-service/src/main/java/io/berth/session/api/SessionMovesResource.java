package io.berth.session.api;

import io.berth.session.identity.Caller;
import io.berth.session.lifecycle.Asked;
import io.berth.session.lifecycle.PauseSession;
import io.berth.session.lifecycle.RestartSession;
import io.berth.session.lifecycle.ResumeSession;
import io.berth.session.lifecycle.Session;
import io.berth.session.problem.MoveProblems;
import io.berth.session.problem.ProblemException;
import io.berth.session.problem.Problems;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** What a person asks of a session that is there: to rest, to go on, to begin again. */
@Path("/api/v1/sessions")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@RunOnVirtualThread
public class SessionMovesResource {

  private final Caller caller;
  private final PauseSession pauseSession;
  private final ResumeSession resumeSession;
  private final RestartSession restartSession;
  private final SessionViews views;

  SessionMovesResource(
      Caller caller,
      PauseSession pauseSession,
      ResumeSession resumeSession,
      RestartSession restartSession,
      SessionViews views) {
    this.caller = caller;
    this.pauseSession = pauseSession;
    this.resumeSession = resumeSession;
    this.restartSession = restartSession;
    this.views = views;
  }

  @POST
  @Path("{id}/pause")
  @Operation(summary = "Pause a running session; it keeps its address and what it has")
  @APIResponse(responseCode = "202", description = "On its way; asking again is the same")
  @APIResponse(responseCode = "409", description = "It does not run; the problem says what to do")
  public Response pause(String id) {
    return answer(pauseSession.pause(Actors.person(caller), SessionIds.parse(id)), "paused");
  }

  @POST
  @Path("{id}/resume")
  @Operation(summary = "Let a paused session go on")
  @APIResponse(responseCode = "202", description = "On its way; asking again is the same")
  @APIResponse(responseCode = "409", description = "It is not paused; the problem says what to do")
  public Response resume(String id) {
    return answer(resumeSession.resume(Actors.person(caller), SessionIds.parse(id)), "resumed");
  }

  @POST
  @Path("{id}/restart")
  @Operation(summary = "Close a session's programs and start it again, at the same address")
  @APIResponse(responseCode = "202", description = "On its way")
  @APIResponse(responseCode = "409", description = "It neither runs nor rests")
  public Response restart(String id) {
    return answer(restartSession.restart(Actors.person(caller), SessionIds.parse(id)), "restarted");
  }

  private Response answer(Asked asked, String verb) {
    return switch (asked) {
      case Asked.OnItsWay(Session session) -> Response.accepted(views.view(session)).build();
      case Asked.NotFromHere(Session session) ->
          throw new ProblemException(MoveProblems.of(session, verb));
      case Asked.Unknown() -> throw new ProblemException(Problems.unknownSession());
    };
  }
}
