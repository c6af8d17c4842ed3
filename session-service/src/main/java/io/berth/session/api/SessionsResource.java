package io.berth.session.api;

import io.berth.session.identity.Caller;
import io.berth.session.lifecycle.Owner;
import io.berth.session.lifecycle.Session;
import io.berth.session.lifecycle.Sessions;
import io.berth.session.lifecycle.StartSession;
import io.berth.session.lifecycle.StopSession;
import io.berth.session.problem.ProblemException;
import io.berth.session.problem.Problems;
import io.berth.session.problem.StartProblems;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/** A person's own sessions; another's are as if there were none. */
@Path("/api/v1/sessions")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@RunOnVirtualThread
public class SessionsResource {

  private final Caller caller;
  private final Sessions sessions;
  private final StartSession startSession;
  private final StopSession stopSession;
  private final SessionViews views;

  SessionsResource(
      Caller caller,
      Sessions sessions,
      StartSession startSession,
      StopSession stopSession,
      SessionViews views) {
    this.caller = caller;
    this.sessions = sessions;
    this.startSession = startSession;
    this.stopSession = stopSession;
    this.views = views;
  }

  /** What a person wants. */
  public record Wanted(@NotNull String desktopType) {}

  @GET
  @Operation(summary = "Your latest session of each desktop type, youngest first")
  public List<SessionView> list() {
    return sessions.latest(caller.id()).stream().map(this::view).toList();
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Launch a desktop; the live one of that type is given again")
  @APIResponse(responseCode = "201", description = "A new session is on its way")
  @APIResponse(responseCode = "200", description = "The session that was there")
  @APIResponse(responseCode = "403", description = "The desktop type is not open to you")
  @APIResponse(responseCode = "409", description = "You have as many desktops as you may")
  @APIResponse(responseCode = "503", description = "No room on the host, nor in line for it")
  public Response start(@Valid @Nullable Wanted wanted) throws InterruptedException {
    if (wanted == null) {
      throw new ProblemException(Problems.badRequest("The body is missing."));
    }
    Owner owner = new Owner(caller.id(), caller.slug(), caller.groups());
    StartSession.Result result = startSession.start(owner, wanted.desktopType());
    return switch (result) {
      case StartSession.Started(Session session) ->
          Response.created(URI.create("/api/v1/sessions/" + session.id()))
              .entity(view(session))
              .build();
      case StartSession.AlreadyThere(Session session) -> Response.ok(view(session)).build();
      case StartSession.Refused refused ->
          throw StartProblems.exception(refused, wanted.desktopType());
    };
  }

  @GET
  @Path("{id}")
  @Operation(summary = "One of your sessions")
  public SessionView find(String id) {
    return sessions.find(session(id), caller.id()).map(this::view).orElseThrow(this::unknown);
  }

  @DELETE
  @Path("{id}")
  @Operation(summary = "Stop a session, however far it is; its home is kept")
  public SessionView stop(String id) {
    return switch (stopSession.stop(Actors.person(caller), session(id))) {
      case StopSession.Stopping(Session session) -> view(session);
      case StopSession.AlreadyEnded(Session session) -> view(session);
      case StopSession.Unknown() -> throw unknown();
    };
  }

  private UUID session(String id) {
    try {
      return UUID.fromString(id);
    } catch (IllegalArgumentException e) {
      throw unknown();
    }
  }

  private ProblemException unknown() {
    return new ProblemException(Problems.unknownSession());
  }

  private SessionView view(Session session) {
    return views.view(session);
  }
}
