package io.berth.session.api;

import io.berth.session.catalogue.Catalogue;
import io.berth.session.identity.Caller;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** What can be launched. */
@Path("/api/v1/desktop-types")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@RunOnVirtualThread
public class DesktopTypesResource {

  private final Catalogue catalogue;
  private final Caller caller;

  DesktopTypesResource(Catalogue catalogue, Caller caller) {
    this.catalogue = catalogue;
    this.caller = caller;
  }

  /** A desktop type, and the caller's path for it. */
  public record DesktopTypeView(String name, String title, String description, String path) {}

  @GET
  @Operation(
      summary =
          "The desktop types that you can launch, by title; those for groups that you are not in apart")
  public List<DesktopTypeView> list() {
    Set<String> groups = caller.groups();
    return catalogue.types().stream()
        .filter(type -> type.isOpenTo(groups))
        .map(type ->
            new DesktopTypeView(
                type.name().value(),
                type.title(),
                type.description(),
                type.pathOf(caller.slug()).value()))
        .toList();
  }
}
