package io.berth.session.desktop;

import io.berth.common.DesktopTypeName;
import io.berth.common.ProxyPath;
import io.berth.session.catalogue.Catalogue;
import io.berth.session.catalogue.DesktopType;
import io.berth.session.identity.Caller;
import io.berth.session.identity.PublicUrl;
import io.berth.session.lifecycle.Owner;
import io.berth.session.lifecycle.StartSession;
import io.berth.session.portal.DesktopPages;
import io.berth.session.problem.StartProblems;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** The button of a desktop's page, for a browser whose scripts are off or did not arrive. */
@Path("/portal/start")
@Authenticated
@RunOnVirtualThread
public class StartForm {

  private final Caller caller;
  private final StartSession startSession;
  private final Catalogue catalogue;
  private final PublicUrl publicUrl;

  StartForm(Caller caller, StartSession startSession, Catalogue catalogue, PublicUrl publicUrl) {
    this.caller = caller;
    this.startSession = startSession;
    this.catalogue = catalogue;
    this.publicUrl = publicUrl;
  }

  /** Starts a desktop, or finds it started, and leads to its address. */
  @POST
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Operation(hidden = true)
  public Response start(@FormParam("desktopType") @Nullable String typeName)
      throws InterruptedException {
    Optional<DesktopType> type =
        Optional.ofNullable(typeName).filter(DesktopTypeName::isCanonical).flatMap(catalogue::find);
    if (type.isEmpty()) {
      return DesktopPage.page(404, DesktopPages.unknown()).build();
    }
    Owner owner = new Owner(caller.id(), caller.slug(), caller.groups());
    ProxyPath path = type.get().pathOf(owner.slug());
    return switch (startSession.start(owner, type.get().name().value())) {
      case StartSession.Started _, StartSession.AlreadyThere _ ->
          Response.seeOther(URI.create(publicUrl.origin() + path.address())).build();
      case StartSession.Refused refused -> {
        var problem = StartProblems.of(refused, type.get().name().value());
        var desktop = new AbsentDesktop.Own(path, type.get().title(), type, Optional.empty());
        yield DesktopPage.page(
                problem.status(), DesktopPages.absent(Words.notStarted(desktop, problem)))
            .build();
      }
    };
  }
}
