package io.berth.session.lifecycle;

import io.berth.session.catalogue.PauseMode;
import io.berth.session.container.ContainerRuntime;
import io.berth.session.route.Routes;
import jakarta.enterprise.context.ApplicationScoped;

/** The first half of a restart: the container stops and stays, so that its disk is kept. */
@ApplicationScoped
class StopContainer implements Step {

  private final ContainerRuntime runtime;
  private final Routes routes;

  StopContainer(ContainerRuntime runtime, Routes routes) {
    this.runtime = runtime;
    this.routes = routes;
  }

  @Override
  public Next run(Session session, Lease lease) throws InterruptedException {
    routes.withdraw(session.id(), session.path(), session.generation());
    lease.requireHeld();
    runtime.find(session.id()).ifPresent(container -> runtime.pause(container, PauseMode.STOP));
    Boundary.CONTAINER_STOPPED.passed();
    return new MoveTo(SessionState.RESUMING);
  }
}
