package io.berth.session.lifecycle;

import io.berth.session.container.RuntimeUnavailable;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Brings one leased session as far as it goes: the whole flow of a session, in one list. */
@ApplicationScoped
class Drive {

  private static final Duration ENGINE_PAUSE = Duration.ofSeconds(2);
  private static final Duration BROKEN_PAUSE = Duration.ofSeconds(5);

  private final FetchImage fetchImage;
  private final CreateContainer createContainer;
  private final PublishDesktop publishDesktop;
  private final PauseContainer pauseContainer;
  private final ResumeContainer resumeContainer;
  private final StopContainer stopContainer;
  private final TearDown tearDown;
  private final SessionWork work;
  private final StepTraces traces;
  private final LaunchMeters meters;
  private final Duration engineWait;

  Drive(
      FetchImage fetchImage,
      CreateContainer createContainer,
      PublishDesktop publishDesktop,
      PauseContainer pauseContainer,
      ResumeContainer resumeContainer,
      StopContainer stopContainer,
      TearDown tearDown,
      SessionWork work,
      StepTraces traces,
      LaunchMeters meters,
      LifecycleConfig config) {
    this.fetchImage = fetchImage;
    this.createContainer = createContainer;
    this.publishDesktop = publishDesktop;
    this.pauseContainer = pauseContainer;
    this.resumeContainer = resumeContainer;
    this.stopContainer = stopContainer;
    this.tearDown = tearDown;
    this.work = work;
    this.traces = traces;
    this.meters = meters;
    this.engineWait = config.engineWait();
  }

  /** Returns when there is nothing to do for now, and after which time to look again. */
  Duration run(Session first, Lease lease) throws InterruptedException {
    Optional<Session> session = Optional.of(first);
    while (session.isPresent() && session.get().state().isWork()) {
      try {
        Session current = session.get();
        session = traces.step(current, () -> step(current, lease));
      } catch (RuntimeUnavailable e) {
        session = waitForEngine(session.get(), lease, e);
        if (session.isPresent() && session.get().state().isWork()) {
          return ENGINE_PAUSE;
        }
      } catch (IllegalStateException | IllegalArgumentException | NullPointerException e) {
        // A defect must not spin: it is told, and tried again in a while.
        Log.stepBroke(session.get(), e);
        return BROKEN_PAUSE;
      }
    }
    return Duration.ZERO;
  }

  /** One step and its move; nothing if somebody else moved the session meanwhile. */
  Optional<Session> step(Session session, Lease lease) throws InterruptedException {
    lease.requireHeld();
    lease.at(session.state());
    Step.Next next =
        switch (session.state()) {
          case REQUESTED -> new Step.MoveTo(SessionState.PULLING);
          case PULLING -> fetchImage.run(session, lease);
          case CREATING -> createContainer.run(session, lease);
          case STARTING -> publishDesktop.run(session, lease);
          case PAUSING -> pauseContainer.run(session, lease);
          case RESUMING -> resumeContainer.run(session, lease);
          case RESTARTING -> stopContainer.run(session, lease);
          case STOPPING -> tearDown.run(session, lease);
          case READY, RUNNING, PAUSED, STOPPED, FAILED ->
              throw new IllegalStateException(session + " needs no work");
        };
    Optional<Session> moved =
        switch (next) {
          case Step.MoveTo(SessionState state) -> work.move(session, lease, state);
          case Step.Fail(String reason) -> work.fail(session, lease, Ending.failed(reason));
          case Step.Crashed(String reason) -> work.fail(session, lease, Ending.crashed(reason));
          case Step.Ended() -> work.end(session, lease, true);
        };
    moved.ifPresent(now -> tell(session, now));
    return moved;
  }

  private void tell(Session before, Session moved) {
    (moved.state().isLive() ? Boundary.MOVED : Boundary.SESSION_ENDED).passed();
    Log.moved(moved);
    meters.moved(before, moved);
  }

  private Optional<Session> waitForEngine(Session session, Lease lease, RuntimeUnavailable e) {
    Log.engineAway(session, e);
    if (keepsWhatItHas(session.state())
        || Instant.now().isBefore(session.stateSince().plus(engineWait))) {
      work.progress(session, lease, null, "Waiting for the container engine");
      return Optional.of(session);
    }
    Optional<Session> moved =
        session.state() == SessionState.STOPPING
            ? work.end(session, lease, false) // the reconciler removes its container
            : work.fail(
                session,
                lease,
                Ending.failed(
                    "The container engine does not answer. Next step: start it (systemctl start"
                        + " docker), then launch the desktop again."));
    moved.ifPresent(now -> tell(session, now));
    return moved;
  }

  /**
   * A desktop that was there waits for the engine to come back; whoever is tired of it stops it.
   */
  private static boolean keepsWhatItHas(SessionState state) {
    return state == SessionState.PAUSING
        || state == SessionState.RESUMING
        || state == SessionState.RESTARTING;
  }
}
