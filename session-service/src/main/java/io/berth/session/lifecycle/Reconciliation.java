package io.berth.session.lifecycle;

import io.berth.session.audit.Actor;
import io.berth.session.catalogue.Catalogue;
import io.berth.session.catalogue.DesktopType;
import io.berth.session.container.Container;
import io.berth.session.container.ContainerRuntime;
import io.berth.session.route.Routes;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Compares what is wanted with what there is, and makes them agree. The workers do what is in a
 * working state; this looks at what should rest: running and paused sessions, and ended ones.
 */
@ApplicationScoped
class Reconciliation {

  private final ContainerRuntime runtime;
  private final Sessions sessions;
  private final SessionWork work;
  private final Routes routes;
  private final PublishDesktop publishDesktop;
  private final PauseContainer pauseContainer;
  private final Catalogue catalogue;
  private final Repairs repairs;

  Reconciliation(
      ContainerRuntime runtime,
      Sessions sessions,
      SessionWork work,
      Routes routes,
      PublishDesktop publishDesktop,
      PauseContainer pauseContainer,
      Catalogue catalogue,
      Repairs repairs) {
    this.runtime = runtime;
    this.sessions = sessions;
    this.work = work;
    this.routes = routes;
    this.publishDesktop = publishDesktop;
    this.pauseContainer = pauseContainer;
    this.catalogue = catalogue;
    this.repairs = repairs;
  }

  void run() throws InterruptedException {
    // First the containers, then the rows: a row is always written before its container is made.
    List<Container> containers = runtime.list();
    removeOrphans(containers);
    for (Session session : sessions.resting()) {
      check(session, containers);
    }
    for (Session seat : sessions.readySeats()) {
      checkSeat(seat, containers);
    }
    for (String route : routes.withdrawStale()) {
      repairs.done(Repair.ROUTE_WITHDRAWN, Optional.empty(), route, "it led to no running desktop");
    }
    freePorts();
  }

  /** Looks at one session that should run or rest. */
  void lookAt(Session session) throws InterruptedException {
    check(session, List.of());
  }

  private void removeOrphans(List<Container> containers) {
    Set<UUID> ids =
        containers.stream()
            .map(Container::sessionId)
            .flatMap(Optional::stream)
            .collect(Collectors.toSet());
    Map<UUID, Session> wanted =
        sessions.find(ids).stream()
            .filter(session -> session.state().isLive())
            .collect(Collectors.toMap(Session::id, Function.identity()));
    for (Container container : containers) {
      if (container.sessionId().filter(wanted::containsKey).isEmpty()) {
        runtime.remove(container);
        Boundary.ORPHAN_REMOVED.passed();
        repairs.done(
            Repair.ORPHAN_REMOVED,
            container.sessionId(),
            container.name(),
            "no session wants this container");
      }
    }
  }

  private void check(Session session, List<Container> containers) throws InterruptedException {
    Optional<Container> container = find(session, containers);
    if (container.isEmpty()) {
      end(
          session,
          Ending.crashed("Its container was removed outside Berth."),
          Repair.CONTAINER_VANISHED);
    } else if (session.state() == SessionState.PAUSED) {
      keepPaused(session, container.get());
    } else if (container.get().state() == Container.State.INTERRUPTED) {
      startAnew(session);
    } else if (container.get().state() == Container.State.EXITED) {
      ended(session, container.get());
    } else if (container.get().state() == Container.State.PAUSED) {
      goOn(session, container.get());
    } else if (!routes.isPublished(session.id())) {
      publishAgain(session);
    }
  }

  /** A frozen container that has ended, with its host perhaps, starts again when it is resumed. */
  private void keepPaused(Session session, Container container) {
    if (container.isRunning() && isStill(session)) {
      pauseContainer.pause(session, container);
      repairs.done(Repair.PAUSED_AGAIN, session, "its container went on outside Berth");
    }
  }

  private void goOn(Session session, Container container) {
    if (isStill(session)) {
      runtime.resume(container);
      repairs.done(Repair.RESUMED, session, "its container was paused outside Berth");
    }
  }

  /** Whether nobody has moved the session since it was read; a later move is mended next time. */
  private boolean isStill(Session session) {
    return sessions
        .find(session.id())
        .filter(now -> now.stateSince().equals(session.stateSince()))
        .isPresent();
  }

  /** Its person still wants it, and nothing is wrong with it. */
  private void startAnew(Session session) {
    work.send(
            session,
            SessionState.RESTARTING,
            Actor.system("reconciler"),
            Optional.of("Its container engine or host had gone."))
        .ifPresent(restarting -> {
          Boundary.RESTART_WRITTEN.passed();
          repairs.done(Repair.RESTARTED, restarting, "its engine or host had gone");
        });
  }

  /** A dead seat goes; the pool makes another one. */
  private void checkSeat(Session seat, List<Container> containers) {
    boolean runs =
        find(seat, containers)
            .filter(found -> found.state() == Container.State.RUNNING)
            .isPresent();
    if (!runs) {
      end(seat, Ending.crashed("It ended before anyone had it."), Repair.CONTAINER_VANISHED);
    }
  }

  private Optional<Container> find(Session session, List<Container> containers) {
    return containers.stream()
        .filter(each -> each.sessionId().filter(session.id()::equals).isPresent())
        .findFirst()
        // It may have been made after the list was.
        .or(() -> runtime.find(session.id()));
  }

  private void ended(Session session, Container container) {
    if (container.outOfMemory()) {
      end(
          session,
          Ending.crashed("It needed more memory than its type allows."),
          Repair.CONTAINER_ENDED);
    } else if (container.exitCode() == 0) {
      end(session, Ending.shutDownInside(session), Repair.CONTAINER_ENDED);
    } else {
      end(
          session,
          Ending.crashed("It ended by itself (exit code %d).".formatted(container.exitCode())),
          Repair.CONTAINER_ENDED);
    }
  }

  private void end(Session session, Ending ending, Repair repair) {
    work.stop(session, ending)
        .ifPresent(stopping ->
            repairs.done(repair, stopping, ending.reason().orElse("its container ended")));
  }

  private void publishAgain(Session session) throws InterruptedException {
    Optional<DesktopType> type = catalogue.find(session.type());
    if (type.isPresent() && session.password().isPresent()) {
      publishDesktop.publish(session, type.get());
      Boundary.ROUTE_REPAIRED.passed();
      repairs.done(Repair.ROUTE_PUBLISHED, session, "its route was missing");
    }
  }

  /** Ends what {@link Drive} left open while the engine was away. */
  private void freePorts() {
    Set<UUID> stillThere =
        runtime.list().stream()
            .map(Container::sessionId)
            .flatMap(Optional::stream)
            .collect(Collectors.toSet());
    for (int port : work.freePorts(stillThere)) {
      repairs.done(
          Repair.PORT_FREED,
          Optional.empty(),
          "port " + port,
          "its session ended without its engine");
    }
  }
}
