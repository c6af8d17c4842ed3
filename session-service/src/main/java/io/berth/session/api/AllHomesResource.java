package io.berth.session.api;

import io.berth.common.LoginClaims;
import io.berth.session.container.HomeVolume;
import io.berth.session.home.Home;
import io.berth.session.home.Homes;
import io.berth.session.home.RemoveHome;
import io.berth.session.identity.Caller;
import io.berth.session.problem.HomeProblems;
import io.berth.session.problem.ProblemException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** Everybody's homes, for administrators; what is in them stays their owners'. */
@Path("/api/v1/admin/homes")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(LoginClaims.ADMIN)
@RunOnVirtualThread
public class AllHomesResource {

  private final Caller caller;
  private final Homes homes;
  private final RemoveHome removeHome;

  AllHomesResource(Caller caller, Homes homes, RemoveHome removeHome) {
    this.caller = caller;
    this.homes = homes;
    this.removeHome = removeHome;
  }

  /**
   * A home as administrators see it.
   *
   * @param owner the person's name; null if nobody here is known to own it: it is never removed
   *     unless you do
   */
  public record OwnedHomeView(
      String ownerId,
      @Nullable String owner,
      String name,
      @Nullable Instant lastUsedAt,
      boolean inUse) {}

  @GET
  @Operation(summary = "All homes, also those that the engine has and nobody here owns")
  public List<OwnedHomeView> list() {
    Stream<OwnedHomeView> unowned =
        homes.unowned().stream()
            .map(each -> new OwnedHomeView(each.ownerId(), null, each.home(), null, false));
    return Stream.concat(homes.all().stream().map(AllHomesResource::view), unowned).toList();
  }

  @DELETE
  @Path("{ownerId}/{name}")
  @Operation(summary = "Delete a person's home, such as of one who is gone")
  public void delete(String ownerId, String name) {
    HomeVolume home = volume(ownerId, name);
    RemoveHome.Result result = removeHome.delete(Actors.admin(caller), home);
    if (result instanceof RemoveHome.Unknown && homes.unowned().contains(home)) {
      result = removeHome.deleteUnowned(Actors.admin(caller), home);
    }
    HomesResource.check(result);
  }

  private static HomeVolume volume(String ownerId, String name) {
    try {
      return new HomeVolume(ownerId, name);
    } catch (IllegalArgumentException e) {
      throw new ProblemException(HomeProblems.unknown());
    }
  }

  private static OwnedHomeView view(Home home) {
    return new OwnedHomeView(
        home.volume().ownerId(),
        home.ownerSlug(),
        home.name(),
        home.lastUsedAt(),
        !home.uses().isEmpty());
  }
}
