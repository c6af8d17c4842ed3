package io.berth.session.lifecycle;

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

  Reconciliation(
      ContainerRuntime runtime,
      Sessions sessions,
      SessionWork work,
      Routes routes,
      PublishDesktop publishDesktop,
      PauseContainer pauseContainer,
      Catalogue catalogue) {
    this.runtime = runtime;
    this.sessions = sessions;
    this.work = work;
    this.routes = routes;
    this.publishDesktop = publishDesktop;
    this.pauseContainer = pauseContainer;
    this.catalogue = catalogue;
  }

  void run() throws InterruptedException {
    // First the containers, then the rows: a row is always written before its container is made.
    List<Container> containers = runtime.list();
    removeOrphans(containers);
    for (Session session : sessions.resting()) {
      check(session, containers);
    }
    routes.withdrawStale();
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
        Log.orphan(container);
      }
    }
  }

  private void check(Session session, List<Container> containers) throws InterruptedException {
    Optional<Container> container =
        containers.stream()
            .filter(each -> each.sessionId().filter(session.id()::equals).isPresent())
            .findFirst()
            // It may have been made after the list was.
            .or(() -> runtime.find(session.id()));
    if (container.isEmpty()) {
      end(session, Ending.crashed("Its container was removed outside Berth."));
    } else if (session.state() == SessionState.PAUSED) {
      keepPaused(session, container.get());
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
      Log.repaired(session, "its container went on outside Berth and is paused again");
    }
  }

  private void goOn(Session session, Container container) {
    if (isStill(session)) {
      runtime.resume(container);
      Log.repaired(session, "its container was paused outside Berth and goes on");
    }
  }

  /** Whether nobody has moved the session since it was read; a later move is mended next time. */
  private boolean isStill(Session session) {
    return sessions
        .find(session.id())
        .filter(now -> now.stateSince().equals(session.stateSince()))
        .isPresent();
  }

  private void ended(Session session, Container container) {
    if (container.outOfMemory()) {
      end(session, Ending.crashed("It needed more memory than its type allows."));
    } else if (container.exitCode() == 0) {
      end(session, Ending.shutDownInside(session));
    } else {
      end(
          session,
          Ending.crashed("It ended by itself (exit code %d).".formatted(container.exitCode())));
    }
  }

  private void end(Session session, Ending ending) {
    work.stop(session, ending)
        .ifPresent(stopping -> Log.repaired(stopping, ending.reason().orElse("")));
  }

  private void publishAgain(Session session) throws InterruptedException {
    Optional<DesktopType> type = catalogue.find(session.type());
    if (type.isPresent() && session.password().isPresent()) {
      publishDesktop.publish(session, type.get());
      Boundary.ROUTE_REPAIRED.passed();
      Log.repaired(session, "its route was missing");
    }
  }

  /** Ends what {@link Drive} left open while the engine was away. */
  private void freePorts() {
    Set<UUID> stillThere =
        runtime.list().stream()
            .map(Container::sessionId)
            .flatMap(Optional::stream)
            .collect(Collectors.toSet());
    work.freePorts(stillThere);
  }
}
