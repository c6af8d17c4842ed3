package io.berth.session.lifecycle;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.stream.Stream;

/** Counts launches by what came of them, and how long those took that worked out. */
@ApplicationScoped
class LaunchMeters {

  private static final Duration[] STEPS =
      Stream.of(1, 2, 5, 10, 20, 40, 60, 120, 300)
          .map(Duration::ofSeconds)
          .toArray(Duration[]::new);

  private final MeterRegistry meters;

  LaunchMeters(MeterRegistry meters) {
    this.meters = meters;
  }

  /** A worker has moved a session. */
  void moved(Session before, Session after) {
    if (after.isSeat()) {
      return; // nobody has launched it
    }
    switch (after.state()) {
      case RUNNING -> {
        if (before.startedAt().isEmpty()) {
          count(after, "running");
          Timer.builder("berth.session.launch")
              .description("From the request of a launch until the desktop can be entered")
              .tag("type", after.type().value())
              .serviceLevelObjectives(STEPS)
              .register(meters)
              .record(Duration.between(after.createdAt(), after.startedAt().orElseThrow()));
        }
      }
      case STOPPED, FAILED -> {
        if (after.startedAt().isEmpty()) {
          count(after, after.state() == SessionState.FAILED ? "failed" : "cancelled");
        }
      }
      default -> {
        // On its way.
      }
    }
  }

  /** A session's time was over. */
  void culled(AnnouncedEnd end) {
    meters
        .counter("berth.session.culled", "why", end.why().word(), "action", end.action().word())
        .increment();
  }

  private void count(Session session, String outcome) {
    meters
        .counter("berth.session.launches", "outcome", outcome, "type", session.type().value())
        .increment();
  }
}
