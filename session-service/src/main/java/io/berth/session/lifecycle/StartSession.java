package io.berth.session.lifecycle;

import io.berth.common.ProxyPath;
import io.berth.session.audit.Actor;
import io.berth.session.audit.AuditTrail;
import io.berth.session.catalogue.Catalogue;
import io.berth.session.catalogue.DesktopType;
import io.berth.session.container.ContainerRuntime;
import io.berth.session.container.RuntimeUnavailable;
import io.berth.session.pool.ClaimSeat;
import io.berth.session.quota.Verdict;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Gives a person their desktop of a type: the one that is there, resumed if need be, or a new one.
 */
@ApplicationScoped
public class StartSession {

  /** What a person gets. */
  public sealed interface Result {}

  /** A new session, on its way. */
  public record Started(Session session) implements Result {}

  /** The live session that was there; if it was paused, it goes on. */
  public record AlreadyThere(Session session) implements Result {}

  /** No desktop, and why. */
  public sealed interface Refused extends Result {}

  /** The previous session is still on its way out. */
  public record StillStopping(Session session) implements Refused {}

  /** The session is still on its way to rest. */
  public record StillPausing(Session session) implements Refused {}

  /** The catalogue has no such type. */
  public record UnknownType() implements Refused {}

  /** The type is open to groups, and the person is in none of them. */
  public record NotOpen(DesktopType type) implements Refused {}

  /** Another person's desktop has the address. */
  public record AddressTaken(ProxyPath path) implements Refused {}

  /** Every host port is taken or rests. */
  public record NoPortFree() implements Refused {}

  /** The person may have no more desktops, or the host has no room for one. */
  public record OverQuota(Verdict.Refused why) implements Refused {}

  /** The container engine does not answer. */
  public record EngineDown() implements Refused {}

  /** What must come to its end before anything else can begin. */
  private static final Set<SessionState> IN_TRANSIT =
      EnumSet.of(SessionState.STOPPING, SessionState.PAUSING);

  private static final Duration LOOK = Duration.ofMillis(100);

  private final Catalogue catalogue;
  private final ContainerRuntime runtime;
  private final Sessions sessions;
  private final NewSession newSession;
  private final ClaimSeat claimSeat;
  private final ResumeSession resumeSession;
  private final StepTraces traces;
  private final AuditTrail audit;
  private final Duration previousEndWait;

  StartSession(
      Catalogue catalogue,
      ContainerRuntime runtime,
      Sessions sessions,
      NewSession newSession,
      ClaimSeat claimSeat,
      ResumeSession resumeSession,
      StepTraces traces,
      AuditTrail audit,
      LifecycleConfig config) {
    this.catalogue = catalogue;
    this.runtime = runtime;
    this.sessions = sessions;
    this.newSession = newSession;
    this.claimSeat = claimSeat;
    this.resumeSession = resumeSession;
    this.traces = traces;
    this.audit = audit;
    this.previousEndWait = config.previousEndWait();
  }

  /** Asking again, also at the same time, gives the same session. */
  public Result start(Owner owner, String typeName) throws InterruptedException {
    Result result = attempt(owner, typeName);
    if (result instanceof Refused refused && !(refused instanceof UnknownType)) {
      audit.write(Acts.refusedLaunch(owner, typeName, refused));
    }
    return result;
  }

  private Result attempt(Owner owner, String typeName) throws InterruptedException {
    Optional<DesktopType> type = catalogue.find(typeName);
    if (type.isEmpty()) {
      return new UnknownType();
    }
    if (!type.get().isOpenTo(owner.groups())) {
      return new NotOpen(type.get());
    }
    ProxyPath path = type.get().pathOf(owner.slug());
    long end = System.nanoTime() + previousEndWait.toNanos();
    while (true) {
      Optional<Session> live = sessions.findLive(path);
      if (live.isEmpty()) {
        Optional<Result> made = make(owner, type.get());
        if (made.isPresent()) {
          return made.get();
        }
      } else if (!live.get().ownerId().equals(owner.id())) {
        return new AddressTaken(path);
      } else if (live.get().state() == SessionState.PAUSED) {
        Actor person = Actor.person(owner.id(), owner.slug().value());
        if (resumeSession.resume(person, live.get().id())
            instanceof Asked.OnItsWay(Session resumed)) {
          return new AlreadyThere(resumed);
        }
      } else if (!IN_TRANSIT.contains(live.get().state())) {
        return new AlreadyThere(live.get());
      } else if (System.nanoTime() > end) {
        return live.get().state() == SessionState.STOPPING
            ? new StillStopping(live.get())
            : new StillPausing(live.get());
      }
      TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
    }
  }

  /** Nothing if another request took the path in the meantime. */
  private Optional<Result> make(Owner owner, DesktopType type) {
    try {
      runtime.requireAvailable();
    } catch (RuntimeUnavailable e) {
      Log.notNow("no launch", e);
      return Optional.of(new EngineDown());
    }
    return switch (newSession.write(owner, type)) {
      case NewSession.Claimed(Session session) -> {
        Boundary.ROW_WRITTEN.passed();
        claimSeat.count(type, true);
        Log.moved(session);
        traces.askedNow(session);
        yield Optional.of(new Started(session));
      }
      case NewSession.Written(Session session) -> {
        Boundary.ROW_WRITTEN.passed();
        claimSeat.count(type, false);
        Log.moved(session);
        traces.askedNow(session);
        yield Optional.of(new Started(session));
      }
      case NewSession.OverQuota(Verdict.Refused why) -> Optional.of(new OverQuota(why));
      case NewSession.NoPortFree() -> Optional.of(new NoPortFree());
      case NewSession.PathTaken() -> Optional.empty();
    };
  }
}
