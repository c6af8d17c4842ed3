package io.berth.session.api;

import io.berth.session.identity.Caller;
import io.berth.session.lifecycle.Session;
import io.berth.session.problem.MoveProblems;
import io.berth.session.problem.ProblemException;
import io.berth.session.problem.Problems;
import io.berth.session.timeout.ExtendSession;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** More time for a session that would end by itself. */
@Path("/api/v1/sessions")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@RunOnVirtualThread
public class ExtendResource {

  private final Caller caller;
  private final ExtendSession extendSession;
  private final SessionViews views;

  ExtendResource(Caller caller, ExtendSession extendSession, SessionViews views) {
    this.caller = caller;
    this.extendSession = extendSession;
    this.views = views;
  }

  @POST
  @Path("{id}/extend")
  @Operation(summary = "Give a session more time before it ends by itself")
  @APIResponse(responseCode = "200", description = "The session, its end moved on")
  @APIResponse(responseCode = "409", description = "It has had all the time its type allows")
  public SessionView extend(String id) {
    return switch (extendSession.extend(Actors.person(caller), SessionIds.parse(id))) {
      case ExtendSession.Extended(Session session) -> views.view(session);
      case ExtendSession.NoMore(Session _) -> throw new ProblemException(Problems.noMoreTime());
      case ExtendSession.NotFromHere(Session session) ->
          throw new ProblemException(MoveProblems.of(session, "extended"));
      case ExtendSession.Unknown() -> throw new ProblemException(Problems.unknownSession());
    };
  }
}
