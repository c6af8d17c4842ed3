package io.berth.session.desktop;

import io.berth.common.ProxyPath;
import io.berth.session.catalogue.Catalogue;
import io.berth.session.catalogue.DesktopType;
import io.berth.session.identity.Caller;
import io.berth.session.lifecycle.Session;
import io.berth.session.lifecycle.SessionState;
import io.berth.session.lifecycle.Sessions;
import io.berth.session.portal.DesktopPages;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** What a person sees at their desktop's address while no route leads to it. */
@Path("/desktop/{path}")
@Authenticated
@RunOnVirtualThread
public class DesktopPage {

  private final Caller caller;
  private final Sessions sessions;
  private final Catalogue catalogue;

  DesktopPage(Caller caller, Sessions sessions, Catalogue catalogue) {
    this.caller = caller;
    this.sessions = sessions;
    this.catalogue = catalogue;
  }

  @GET
  @Produces(MediaType.TEXT_HTML)
  @Operation(hidden = true)
  public Response page(String path) {
    Optional<ProxyPath> address = ProxyPath.parse(path);
    if (address.isEmpty() || !address.get().mayBelongTo(caller.slug())) {
      return unknown();
    }
    Optional<Session> session = sessions.latest(caller.id(), address.get());
    if (session.isPresent()) {
      return page(session.get());
    }
    boolean othersLive = sessions.findLive(address.get()).isPresent();
    return catalogue.types().stream()
        .filter(type -> !othersLive && type.pathOf(caller.slug()).equals(address.get()))
        .findFirst()
        .map(type -> ok(DesktopPages.stopped(type.title(), type.name().value(), path)))
        .orElseGet(DesktopPage::unknown);
  }

  /** A bookmark of a place inside the desktop. */
  @GET
  @Path("{inside: .*}")
  @Produces(MediaType.TEXT_HTML)
  @Operation(hidden = true)
  public Response pageInside(String path) {
    return page(path);
  }

  private Response page(Session session) {
    Optional<DesktopType> type = catalogue.find(session.type());
    String name = session.type().value();
    String title = type.map(DesktopType::title).orElse(name);
    String path = session.path().value();
    if (!session.state().isLive() && type.isEmpty()) {
      return unknown(); // it can't be started again
    }
    return ok(
        switch (session.state()) {
          case STOPPED -> DesktopPages.stopped(title, name, path);
          case FAILED ->
              DesktopPages.failed(
                  title, name, path, session.reason().orElse("No reason is known."));
          case STOPPING ->
              DesktopPages.starting(title, name, path, null, "The desktop is stopping.");
          case REQUESTED, PULLING, CREATING, STARTING, RUNNING ->
              DesktopPages.starting(
                  title,
                  name,
                  path,
                  session.percent().isPresent() ? session.percent().getAsInt() : null,
                  session.message().orElseGet(() -> sentence(session.state())));
        });
  }

  private static String sentence(SessionState state) {
    return switch (state) {
      case REQUESTED -> "Your desktop is next in line.";
      case PULLING -> "Fetching the desktop's image.";
      case CREATING -> "Making your desktop.";
      case STARTING -> "Your desktop is starting up.";
      case RUNNING -> "Your desktop is ready.";
      case STOPPING, STOPPED, FAILED -> "";
    };
  }

  private static Response ok(TemplateInstance page) {
    return Response.ok(page.render(), MediaType.TEXT_HTML_TYPE.withCharset("utf-8")).build();
  }

  private static Response unknown() {
    return Response.status(404)
        .entity(DesktopPages.unknown().render())
        .type(MediaType.TEXT_HTML_TYPE.withCharset("utf-8"))
        .build();
  }
}
