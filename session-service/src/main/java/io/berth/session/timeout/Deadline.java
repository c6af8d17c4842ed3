package io.berth.session.timeout;

import io.berth.session.catalogue.ActivityKind;
import io.berth.session.catalogue.DesktopType;
import io.berth.session.catalogue.EndAction;
import io.berth.session.catalogue.Timeouts;
import io.berth.session.lifecycle.EndedBy;
import io.berth.session.lifecycle.Session;
import io.berth.session.lifecycle.SessionState;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * When a session's time is over, if nothing happens until then, and why.
 *
 * @param reason for people
 */
record Deadline(Instant at, EndedBy why, EndAction action, String reason) {

  /** The first that comes, or nothing if none does. */
  static Optional<Deadline> next(Watched watched, DesktopType type) {
    return Stream.of(idle(watched, type), absence(watched, type), lifetime(watched, type))
        .flatMap(Optional::stream)
        .min(Comparator.comparing(Deadline::at));
  }

  private static Optional<Deadline> idle(Watched watched, DesktopType type) {
    Timeouts.Timeout idle = type.timeouts().idle();
    if (idle.after().isEmpty() || !isJudged(watched)) {
      return Optional.empty();
    }
    ActivityKind kind = type.client(watched.session().standIn()).activity();
    Optional<Instant> used = kind == ActivityKind.INPUT ? watched.inputAt() : watched.trafficAt();
    Duration after = idle.after().get();
    return Optional.of(
        new Deadline(
            latest(begin(watched), used).plus(after),
            EndedBy.IDLE,
            idle.action(),
            "Nobody used it for %s.".formatted(words(after))));
  }

  private static Optional<Deadline> absence(Watched watched, DesktopType type) {
    Timeouts.Timeout absence = type.timeouts().absence();
    if (absence.after().isEmpty() || !isJudged(watched) || watched.openNow()) {
      return Optional.empty();
    }
    Duration after = absence.after().get();
    return Optional.of(
        new Deadline(
            latest(begin(watched), watched.connectedAt()).plus(after),
            EndedBy.ABSENCE,
            absence.action(),
            "Nobody had it open for %s.".formatted(words(after))));
  }

  private static Optional<Deadline> lifetime(Watched watched, DesktopType type) {
    Timeouts timeouts = type.timeouts();
    Session session = watched.session();
    boolean pauses = timeouts.lifetime().action() == EndAction.PAUSE;
    if (timeouts.lifetime().after().isEmpty()
        || (pauses && session.state() == SessionState.PAUSED)) {
      return Optional.empty();
    }
    Duration after = timeouts.lifetime().after().get();
    return Optional.of(
        new Deadline(
            lifetimeEnd(session, after, session.extendedAt(), timeouts),
            EndedBy.LIFETIME,
            timeouts.lifetime().action(),
            "It was there for as long as its type allows."));
  }

  /** Asking for more time adds it from the moment of asking, up to the bound. */
  static Instant lifetimeEnd(
      Session session, Duration after, Optional<Instant> extendedAt, Timeouts timeouts) {
    // One that is only paused begins anew when its person comes back.
    boolean pauses = timeouts.lifetime().action() == EndAction.PAUSE;
    Instant began = pauses ? session.stateSince() : session.startedAt().orElse(session.createdAt());
    Instant end = began.plus(after);
    Instant extended = latest(end, extendedAt.map(at -> at.plus(timeouts.extendBy())));
    return timeouts
        .maxExtension()
        .map(end::plus)
        .filter(bound -> bound.isBefore(extended))
        .orElse(extended);
  }

  /** Whether what proxies tell says anything: they do tell, and none carries it unseen. */
  private static boolean isJudged(Watched watched) {
    return watched.session().state() == SessionState.RUNNING
        && watched.observingSince().isPresent()
        && !watched.carriedUnseen();
  }

  /** From when on it could have been unused. What nobody watched does not count. */
  private static Instant begin(Watched watched) {
    Instant running = watched.session().stateSince();
    return latest(latest(running, watched.session().extendedAt()), watched.observingSince());
  }

  private static Instant latest(Instant one, Optional<Instant> other) {
    return other.filter(one::isBefore).orElse(one);
  }

  private static String words(Duration duration) {
    if (duration.toSeconds() % 60 != 0) {
      return duration.toSeconds() + " s";
    }
    return duration.toMinutes() % 60 == 0
        ? duration.toHours() + " h"
        : duration.toMinutes() + " min";
  }
}
