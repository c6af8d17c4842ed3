package io.berth.session.lifecycle;

import io.berth.session.container.Container;
import io.berth.session.container.ContainerRefused;
import io.berth.session.container.ContainerRuntime;
import io.berth.session.container.PortTaken;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Lets a container go on: unfreezes or starts it, or has it made again with the same home. */
@ApplicationScoped
class ResumeContainer implements Step {

  private final ContainerRuntime runtime;
  private final SessionWork work;

  ResumeContainer(ContainerRuntime runtime, SessionWork work) {
    this.runtime = runtime;
    this.work = work;
  }

  @Override
  public Next run(Session session, Lease lease) {
    lease.requireHeld();
    Optional<Container> container = runtime.find(session.id());
    if (container.isEmpty()) {
      return new MoveTo(SessionState.CREATING);
    }
    try {
      runtime.resume(container.get());
      Boundary.CONTAINER_RESUMED.passed();
      // On a cluster it may have come back elsewhere.
      runtime
          .find(session.id())
          .flatMap(Container::address)
          .ifPresent(address -> work.reachedAt(session, lease, address));
      return new MoveTo(SessionState.STARTING);
    } catch (PortTaken e) {
      runtime.remove(container.get()); // its port is part of it; the next one gets another
      return new MoveTo(SessionState.CREATING);
    } catch (ContainerRefused e) {
      return new Fail(e.getMessage() + " Next step: launch it again; its home is kept.");
    }
  }
}
