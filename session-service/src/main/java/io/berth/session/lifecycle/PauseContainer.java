package io.berth.session.lifecycle;

import io.berth.session.catalogue.Catalogue;
import io.berth.session.catalogue.DesktopType;
import io.berth.session.catalogue.PauseMode;
import io.berth.session.container.Container;
import io.berth.session.container.ContainerRefused;
import io.berth.session.container.ContainerRuntime;
import io.berth.session.route.Routes;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Lets a desktop rest: first its route goes, so that nobody waits at what does not answer. */
@ApplicationScoped
class PauseContainer implements Step {

  private final Catalogue catalogue;
  private final ContainerRuntime runtime;
  private final Routes routes;

  PauseContainer(Catalogue catalogue, ContainerRuntime runtime, Routes routes) {
    this.catalogue = catalogue;
    this.runtime = runtime;
    this.routes = routes;
  }

  @Override
  public Next run(Session session, Lease lease) throws InterruptedException {
    routes.withdraw(session.id(), session.path(), session.generation());
    lease.requireHeld();
    Optional<Container> container = runtime.find(session.id());
    if (container.isEmpty()) {
      return new Crashed("Its container was removed outside Berth.");
    }
    pause(session, container.get());
    Boundary.CONTAINER_PAUSED.passed();
    return new MoveTo(SessionState.PAUSED);
  }

  /** As its type says; again for a paused one is the same. */
  void pause(Session session, Container container) {
    PauseMode mode = catalogue.find(session.type()).map(DesktopType::pause).orElse(PauseMode.STOP);
    try {
      runtime.pause(container, mode);
    } catch (ContainerRefused e) {
      if (mode == PauseMode.STOP) {
        throw e;
      }
      Log.notFrozen(session, e); // an engine without a freezer, such as a rootless one
      runtime.pause(container, PauseMode.STOP);
    }
  }
}
