package io.berth.session.lifecycle;

import io.berth.session.catalogue.Catalogue;
import io.berth.session.catalogue.DesktopType;
import io.berth.session.container.Address;
import io.berth.session.container.Container;
import io.berth.session.container.ContainerRefused;
import io.berth.session.container.ContainerRuntime;
import io.berth.session.container.DesktopProbe;
import io.berth.session.container.PortTaken;
import io.berth.session.port.Ports;
import io.berth.session.route.Route;
import io.berth.session.route.Routes;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Waits until the desktop answers, then publishes its route: all proxies have it before it runs.
 */
@ApplicationScoped
class PublishDesktop implements Step {

  private static final Duration ASK_SOONEST = Duration.ofMillis(20);
  private static final Duration ASK_LATEST = Duration.ofMillis(250);
  private static final Duration LOOK = Duration.ofSeconds(1);

  private final Catalogue catalogue;
  private final ContainerRuntime runtime;
  private final DesktopProbe probe;
  private final Routes routes;
  private final Ports ports;

  PublishDesktop(
      Catalogue catalogue,
      ContainerRuntime runtime,
      DesktopProbe probe,
      Routes routes,
      Ports ports) {
    this.catalogue = catalogue;
    this.runtime = runtime;
    this.probe = probe;
    this.routes = routes;
    this.ports = ports;
  }

  @Override
  public Next run(Session session, Lease lease) throws InterruptedException {
    Optional<DesktopType> found = catalogue.find(session.type());
    if (found.isEmpty()) {
      return new Fail(
          "The desktop type %s is no longer in the catalogue.".formatted(session.type()));
    }
    DesktopType type = found.get();
    String password = session.password().orElseThrow();
    Instant end = session.stateSince().plus(type.startTimeout());
    // A seat most likely answers: then nothing needs to be asked of the engine before its route.
    Instant nextLook = session.claimed() ? Instant.now().plus(ASK_SOONEST) : Instant.MIN;
    Optional<Container> seen = Optional.empty();
    while (true) {
      lease.requireHeld();
      if (Instant.now().isAfter(nextLook)) {
        Optional<Container> container = runtime.find(session.id());
        if (session.claimed() && !container.map(Container::isRunning).orElse(false)) {
          container.ifPresent(runtime::remove); // the seat died: its person gets another one
          return new MoveTo(SessionState.CREATING);
        }
        if (container.isEmpty()) {
          return new Crashed(
              "Its container was removed while it started. Next step: launch it again.");
        }
        if (container.get().state() == Container.State.INTERRUPTED) {
          startAnew(container.get());
        } else if (!container.get().isRunning()) {
          return new Crashed(
              LastWords.of(container.get(), runtime.lastLines(container.get(), 20), password));
        }
        seen = container;
        nextLook = Instant.now().plus(LOOK);
      }
      if (probe.isReady(type, address(session), password)) {
        Boundary.DESKTOP_ANSWERED.passed();
        if (session.isSeat()) {
          return new MoveTo(SessionState.READY);
        }
        publish(session, type);
        Boundary.ROUTE_PUBLISHED.passed();
        if (session.claimed()) {
          seen.or(() -> runtime.find(session.id()))
              .ifPresent(seat -> runtime.rename(seat, session.containerName()));
        }
        return new MoveTo(SessionState.RUNNING);
      }
      if (Instant.now().isAfter(end)) {
        return new Fail(
            "The desktop did not answer within %d s. Next step: launch it again; if it happens again, show this to your administrator."
                .formatted(type.startTimeout().toSeconds()));
      }
      lease.pause(untilNextAsking(session));
    }
  }

  /** Its engine went while it started, and is back. */
  private void startAnew(Container container) {
    try {
      runtime.start(container);
    } catch (PortTaken | ContainerRefused e) {
      Log.notNow("not started anew; the next look finds it ended", e);
    }
  }

  /**
   * A twentieth of the time so far, so that asking adds next to nothing to a start of any length.
   */
  private static Duration untilNextAsking(Session session) {
    Duration pause = Duration.between(session.stateSince(), Instant.now()).dividedBy(20);
    if (pause.compareTo(ASK_SOONEST) < 0) {
      return ASK_SOONEST;
    }
    return pause.compareTo(ASK_LATEST) > 0 ? ASK_LATEST : pause;
  }

  /** Writes the session's route; again for the same session is the same. */
  void publish(Session session, DesktopType type) throws InterruptedException {
    DesktopType.Client client = type.client(session.standIn());
    Address address = address(session);
    routes.publish(
        new Route(
            session.path(),
            session.generation(),
            session.id(),
            UUID.fromString(session.ownerId()),
            new Route.Upstream(
                type.scheme(),
                address.host(),
                address.port(),
                type.username(),
                session.password().orElseThrow(),
                type.verifyTls()),
            client.startQuery(),
            client.stripPrefix(),
            client.blockedPrefixes()));
  }

  private Address address(Session session) {
    return session
        .upstream()
        .orElseGet(() -> new Address(ports.address(), session.hostPort().orElseThrow()));
  }
}
