package io.berth.session.lifecycle;

import io.berth.session.catalogue.Catalogue;
import io.berth.session.catalogue.DesktopType;
import io.berth.session.container.Container;
import io.berth.session.container.ContainerRefused;
import io.berth.session.container.ContainerRuntime;
import io.berth.session.container.ContainerSpec;
import io.berth.session.container.ImageUnavailable;
import io.berth.session.container.PortTaken;
import io.berth.session.home.Homes;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Makes the session's one container and starts it, on another port if the host has that one. */
@ApplicationScoped
class CreateContainer implements Step {

  private static final int PORTS_TO_TRY = 20;

  private final Catalogue catalogue;
  private final ContainerRuntime runtime;
  private final Homes homes;
  private final SessionWork work;

  CreateContainer(Catalogue catalogue, ContainerRuntime runtime, Homes homes, SessionWork work) {
    this.catalogue = catalogue;
    this.runtime = runtime;
    this.homes = homes;
    this.work = work;
  }

  @Override
  public Next run(Session session, Lease lease) {
    Optional<DesktopType> type = catalogue.find(session.type());
    if (type.isEmpty()) {
      return new Fail(
          "The desktop type %s is no longer in the catalogue.".formatted(session.type()));
    }
    Session current = session;
    try {
      for (int i = 0; i < PORTS_TO_TRY; i++) {
        lease.requireHeld();
        ContainerSpec spec = spec(current, type.get());
        spec.home().ifPresent(home -> homes.claim(spec.sessionId(), home));
        Container container = runtime.create(spec);
        Boundary.CONTAINER_CREATED.passed();
        container.address().ifPresent(address -> work.reachedAt(session, lease, address));
        // It is not started yet: whatever a worker makes that was late, the reconciler removes.
        work.requireHeld(current, lease);
        try {
          runtime.start(container);
          Boundary.CONTAINER_STARTED.passed();
          return new MoveTo(SessionState.STARTING);
        } catch (PortTaken e) {
          runtime.remove(container); // its port is part of it
          Boundary.CONTAINER_WITHOUT_PORT_REMOVED.passed();
          Optional<Session> moved = work.changePort(current, lease);
          if (moved.isEmpty()) {
            break;
          }
          current = moved.get();
          Boundary.PORT_CHANGED.passed();
        }
      }
      return new Fail(
          "No host port is free for this desktop. Next step: stop a desktop, or widen berth.ports.range.");
    } catch (ImageUnavailable e) {
      return new Fail(e.getMessage() + " Next step: launch it again.");
    } catch (ContainerRefused e) {
      return new Fail(e.getMessage() + " Next step: show this to your administrator.");
    }
  }

  private static ContainerSpec spec(Session session, DesktopType type) {
    return new ContainerSpec(
        session.id(),
        session.generation(),
        session.containerName(),
        session.ownerId(),
        type,
        session.image().orElse(type.image().name()),
        session.hostPort(),
        session.password().orElseThrow());
  }
}
