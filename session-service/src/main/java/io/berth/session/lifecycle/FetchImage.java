package io.berth.session.lifecycle;

import io.berth.session.catalogue.Catalogue;
import io.berth.session.catalogue.DesktopType;
import io.berth.session.container.ContainerRuntime;
import io.berth.session.container.ContainerRuntime.PullWatch;
import io.berth.session.container.ImageUnavailable;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Finds the image: the public one if it is here, else its stand-in if that is here, else the public
 * one by pulling, else the stand-in once it is built.
 */
@ApplicationScoped
class FetchImage implements Step {

  private static final Duration LOOK = Duration.ofMillis(500);

  private final Catalogue catalogue;
  private final ContainerRuntime runtime;
  private final SessionWork work;
  private final BuildProgress builder;
  private final Duration buildWait;

  FetchImage(
      Catalogue catalogue,
      ContainerRuntime runtime,
      SessionWork work,
      BuildProgress builder,
      ImagesConfig config) {
    this.catalogue = catalogue;
    this.runtime = runtime;
    this.work = work;
    this.builder = builder;
    this.buildWait = config.buildWait();
  }

  @Override
  public Next run(Session session, Lease lease) throws InterruptedException {
    Optional<DesktopType> found = catalogue.find(session.type());
    if (found.isEmpty()) {
      return new Fail(
          "The desktop type %s is no longer in the catalogue.".formatted(session.type()));
    }
    DesktopType type = found.get();
    boolean underway = builder.read(type.name()).isPresent();
    if (choosePresent(session, lease, type)
        || (underway && awaitStandIn(session, lease, type))
        || pull(session, lease, type)
        || awaitStandIn(session, lease, type)) {
      Boundary.IMAGE_CHOSEN.passed();
      return new MoveTo(SessionState.CREATING);
    }
    return new Fail(
        type.standIn().isPresent()
            ? "The image %s can't be pulled. Next step: `./berth images build %s`."
                .formatted(type.image().name(), type.name())
            : "The image %s can't be pulled. Next step: ask your administrator to make it available."
                .formatted(type.image().name()));
  }

  private boolean choosePresent(Session session, Lease lease, DesktopType type) {
    if (runtime.hasImage(type.image().name())) {
      work.chooseImage(session, lease, type.image().name(), false);
      return true;
    }
    if (hasStandIn(type)) {
      work.chooseImage(session, lease, type.standIn().orElseThrow().name(), true);
      return true;
    }
    return false;
  }

  private boolean hasStandIn(DesktopType type) {
    return type.standIn().isPresent() && runtime.hasImage(type.standIn().get().name());
  }

  private boolean pull(Session session, Lease lease, DesktopType type) {
    work.progress(session, lease, 0, "Fetching " + type.image().name());
    try {
      runtime.pull(type.image().name(), new Watch(session, lease, type));
    } catch (ImageUnavailable e) {
      Log.imageUnavailable(session, e);
    }
    lease.requireHeld();
    return choosePresent(session, lease, type);
  }

  private boolean awaitStandIn(Session session, Lease lease, DesktopType type)
      throws InterruptedException {
    if (type.standIn().isEmpty()) {
      return false;
    }
    Instant end = Instant.now().plus(buildWait);
    while (Instant.now().isBefore(end)) {
      Optional<BuildProgress.Line> line = builder.read(type.name());
      work.progress(
          session,
          lease,
          line.map(BuildProgress.Line::percent).orElse(null),
          line.map(BuildProgress.Line::sentence).orElse("Waiting for its image to be built"));
      lease.pause(LOOK);
      if (choosePresent(session, lease, type)) {
        return true;
      }
    }
    return false;
  }

  /** Goes on while the session is wanted, and while nobody has built the stand-in meanwhile. */
  private final class Watch implements PullWatch {

    private final Session session;
    private final Lease lease;
    private final DesktopType type;
    private int percent;
    private Instant nextLook = Instant.now().plus(LOOK);

    Watch(Session session, Lease lease, DesktopType type) {
      this.session = session;
      this.lease = lease;
      this.type = type;
    }

    @Override
    public void progress(int now) {
      if (now > percent) {
        percent = now;
        work.progress(session, lease, percent, "Fetching " + type.image().name());
      }
    }

    @Override
    public boolean goOn() {
      if (percent == 0 && Instant.now().isAfter(nextLook)) {
        nextLook = Instant.now().plus(LOOK);
        return lease.isHeld() && !hasStandIn(type);
      }
      return lease.isHeld();
    }
  }
}
