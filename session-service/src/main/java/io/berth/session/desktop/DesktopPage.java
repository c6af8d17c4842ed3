package io.berth.session.desktop;

import io.berth.common.AnswerForm;
import io.berth.common.Problem;
import io.berth.common.ProxyPath;
import io.berth.session.catalogue.DesktopType;
import io.berth.session.identity.Caller;
import io.berth.session.lifecycle.Owner;
import io.berth.session.lifecycle.SessionState;
import io.berth.session.portal.DesktopPages;
import io.berth.session.portal.VisitCookies;
import io.berth.session.problem.Problems;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;

/**
 * What is at a desktop's address while no route leads to it. Looking changes nothing: a page that
 * starts its desktop does so by its own script, with the proof that every change needs.
 */
@Path("/desktop/{path}")
@Authenticated
@RunOnVirtualThread
public class DesktopPage {

  /** Seconds after which a desktop that is on its way is worth another look. */
  private static final int LOOK_AGAIN = 2;

  private final Caller caller;
  private final LookAtDesktop lookAtDesktop;
  private final VisitCookies visits;

  DesktopPage(Caller caller, LookAtDesktop lookAtDesktop, VisitCookies visits) {
    this.caller = caller;
    this.lookAtDesktop = lookAtDesktop;
    this.visits = visits;
  }

  @GET
  @Operation(hidden = true)
  public Response page(String path, @Context RoutingContext context) {
    AnswerForm form = formFor(context);
    return switch (lookAtDesktop.at(new Owner(caller.id(), caller.slug(), caller.groups()), path)) {
      case AbsentDesktop.Unknown() -> unknown(form);
      case AbsentDesktop.NotOpen(var absent, var type) -> notOpen(form, absent, type);
      case AbsentDesktop.Own own -> answer(own, form, context);
    };
  }

  /** A bookmark of a place inside the desktop. */
  @GET
  @Path("{inside: .*}")
  @Operation(hidden = true)
  public Response pageInside(String path, @Context RoutingContext context) {
    return page(path, context);
  }

  private Response answer(AbsentDesktop.Own desktop, AnswerForm form, RoutingContext context) {
    SessionState state = Words.stateOf(desktop);
    Response.ResponseBuilder answer =
        switch (form) {
          case PROBLEM -> problem(Words.problem(desktop));
          case PAGE -> {
            boolean ownVisit = visits.isOwn(context.request(), desktop.path());
            visits.forgetWanted(context);
            yield page(503, DesktopPages.absent(Words.page(desktop, ownVisit)));
          }
        };
    if (state.isLive()) {
      answer.header(HttpHeaders.RETRY_AFTER, LOOK_AGAIN);
    }
    return answer.header(HttpHeaders.VARY, "Accept, Sec-Fetch-Mode").build();
  }

  private static Response notOpen(AnswerForm form, ProxyPath path, DesktopType type) {
    Problem problem = Problems.notOpen(type.title());
    var desktop = new AbsentDesktop.Own(path, type.title(), Optional.of(type), Optional.empty());
    return switch (form) {
      case PAGE ->
          page(problem.status(), DesktopPages.absent(Words.notStarted(desktop, problem))).build();
      case PROBLEM -> problem(problem).build();
    };
  }

  private static Response unknown(AnswerForm form) {
    return switch (form) {
      case PAGE -> page(404, DesktopPages.unknown()).build();
      case PROBLEM -> problem(Problems.notFound()).build();
    };
  }

  private static AnswerForm formFor(RoutingContext context) {
    var headers = context.request().headers();
    return AnswerForm.of(
        headers.get("Sec-Fetch-Mode"), String.join(",", headers.getAll(HttpHeaders.ACCEPT)));
  }

  static Response.ResponseBuilder page(int status, TemplateInstance page) {
    return Response.status(status)
        .type(MediaType.TEXT_HTML_TYPE.withCharset("utf-8"))
        .entity(page.render());
  }

  private static Response.ResponseBuilder problem(Problem problem) {
    return Response.status(problem.status()).type(Problem.MEDIA_TYPE).entity(problem);
  }
}
