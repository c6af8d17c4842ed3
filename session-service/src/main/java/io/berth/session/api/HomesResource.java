package io.berth.session.api;

import io.berth.session.catalogue.Catalogue;
import io.berth.session.catalogue.DesktopType;
import io.berth.session.container.HomeVolume;
import io.berth.session.home.DownloadHome;
import io.berth.session.home.Home;
import io.berth.session.home.Homes;
import io.berth.session.home.RemoveHome;
import io.berth.session.identity.Caller;
import io.berth.session.identity.PublicUrl;
import io.berth.session.problem.HomeProblems;
import io.berth.session.problem.ProblemException;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestHeader;
import org.jspecify.annotations.Nullable;

/** A person's own homes; another's are as if there were none. */
@Path("/api/v1/homes")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@RunOnVirtualThread
public class HomesResource {

  private static final String DOCUMENT = "document";

  private final Caller caller;
  private final Homes homes;
  private final RemoveHome removeHome;
  private final DownloadHome downloadHome;
  private final Catalogue catalogue;
  private final PublicUrl publicUrl;

  HomesResource(
      Caller caller,
      Homes homes,
      RemoveHome removeHome,
      DownloadHome downloadHome,
      Catalogue catalogue,
      PublicUrl publicUrl) {
    this.caller = caller;
    this.homes = homes;
    this.removeHome = removeHome;
    this.downloadHome = downloadHome;
    this.catalogue = catalogue;
    this.publicUrl = publicUrl;
  }

  /**
   * A home as its owner sees it.
   *
   * @param desktopTypes the types that have it
   * @param inUseBy the live sessions that have it
   */
  public record HomeView(
      String name,
      List<String> desktopTypes,
      Instant createdAt,
      Instant lastUsedAt,
      List<UseView> inUseBy) {}

  /** A live session that has a home. */
  public record UseView(UUID sessionId, String url) {}

  @GET
  @Operation(summary = "Your homes: what your desktops keep when they stop")
  public List<HomeView> list() {
    return homes.of(caller.id()).stream().map(this::view).toList();
  }

  @POST
  @Path("{name}/reset")
  @Operation(summary = "Empty a home: its next desktop finds it as at the first start")
  @APIResponse(responseCode = "409", description = "A desktop has it; the answer says which")
  public HomeView reset(String name) {
    check(removeHome.reset(Actors.person(caller), mine(name)));
    return homes.find(caller.id(), name).map(this::view).orElseThrow(HomesResource::unknown);
  }

  @DELETE
  @Path("{name}")
  @Operation(summary = "Delete a home and all that is in it")
  @APIResponse(responseCode = "204", description = "It is gone")
  @APIResponse(responseCode = "409", description = "A desktop has it; the answer says which")
  public void delete(String name) {
    check(removeHome.delete(Actors.person(caller), mine(name)));
  }

  @GET
  @Path("{name}/archive")
  @Produces("application/x-tar")
  @Operation(
      summary = "Download a home as a tar, also while a desktop has it",
      description = "For links and clients that are no browser: a page's script gets 403.")
  public Response archive(String name, @RestHeader("Sec-Fetch-Dest") @Nullable String destination) {
    // Only the browser itself sets this header. A desktop's page may be of the portal's origin, and
    // its scripts then have the person's cookie: they must not read what other desktops keep.
    if (destination != null && !destination.equals(DOCUMENT)) {
      throw new ProblemException(HomeProblems.onlyAsDownload());
    }
    return switch (downloadHome.open(caller.id(), mine(name).home())) {
      case DownloadHome.Tar(Home home, InputStream content) -> tar(home, content);
      case DownloadHome.Empty() -> throw new ProblemException(HomeProblems.empty());
      case DownloadHome.Impossible() -> throw new ProblemException(HomeProblems.notHere());
      case DownloadHome.Busy() -> throw new ProblemException(HomeProblems.tooManyDownloads());
      case DownloadHome.Unknown() -> throw unknown();
    };
  }

  private static Response tar(Home home, InputStream content) {
    StreamingOutput output =
        to -> {
          try (content) {
            content.transferTo(to);
          }
        };
    return Response.ok(output)
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            "attachment; filename=\"%s-%s.tar\"".formatted(home.ownerSlug(), home.name()))
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .build();
  }

  private HomeVolume mine(String name) {
    try {
      return new HomeVolume(caller.id(), name);
    } catch (IllegalArgumentException e) {
      throw unknown();
    }
  }

  private HomeView view(Home home) {
    return new HomeView(
        home.name(),
        catalogue.types().stream()
            .filter(type -> type.home().filter(its -> its.name().equals(home.name())).isPresent())
            .map(DesktopType::name)
            .map(Object::toString)
            .toList(),
        home.createdAt(),
        home.lastUsedAt(),
        home.uses().stream()
            .map(use -> new UseView(use.sessionId(), publicUrl.of(use.path())))
            .toList());
  }

  static void check(RemoveHome.Result result) {
    switch (result) {
      case RemoveHome.Removed() -> {}
      case RemoveHome.InUse(List<Home.Use> uses) ->
          throw new ProblemException(HomeProblems.inUse(uses));
      case RemoveHome.Unknown() -> throw unknown();
    }
  }

  private static ProblemException unknown() {
    return new ProblemException(HomeProblems.unknown());
  }
}
