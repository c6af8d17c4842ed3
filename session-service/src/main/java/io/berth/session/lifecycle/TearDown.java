package io.berth.session.lifecycle;

import io.berth.session.container.ContainerRuntime;
import io.berth.session.route.Routes;
import jakarta.enterprise.context.ApplicationScoped;

/** Takes down what a session has, outermost first: its route, then its container. */
@ApplicationScoped
class TearDown implements Step {

  private final ContainerRuntime runtime;
  private final Routes routes;

  TearDown(ContainerRuntime runtime, Routes routes) {
    this.runtime = runtime;
    this.routes = routes;
  }

  @Override
  public Next run(Session session, Lease lease) throws InterruptedException {
    routes.withdraw(session.id(), session.path(), session.generation());
    Boundary.ROUTE_WITHDRAWN.passed();
    runtime.find(session.id()).ifPresent(runtime::remove);
    Boundary.CONTAINER_REMOVED.passed();
    return new Ended();
  }
}
