package io.berth.session.problem;

import io.berth.common.Problem;
import io.berth.session.lifecycle.StartSession;
import java.time.Duration;
import java.util.Optional;

/** Why a person got no desktop. */
public final class StartProblems {

  private StartProblems() {}

  /** The problem and, where time alone may help, when to come back. */
  public static ProblemException exception(StartSession.Refused refused, String typeName) {
    return new ProblemException(of(refused, typeName), retryAfter(refused));
  }

  private static Optional<Duration> retryAfter(StartSession.Refused refused) {
    return refused instanceof StartSession.OverQuota(var why)
        ? QuotaProblems.retryAfter(why)
        : Optional.empty();
  }

  public static Problem of(StartSession.Refused refused, String typeName) {
    return switch (refused) {
      case StartSession.StillStopping _ -> Problems.stillStopping();
      case StartSession.StillPausing _ -> Problems.stillPausing();
      case StartSession.UnknownType() -> Problems.unknownDesktopType(typeName);
      case StartSession.NotOpen(var type) -> Problems.notOpen(type.title());
      case StartSession.AddressTaken(var path) -> Problems.addressTaken(path);
      case StartSession.NoPortFree() -> Problems.noPortFree();
      case StartSession.OverQuota(var why) -> QuotaProblems.of(why);
      case StartSession.EngineDown() -> Problems.engineDown();
    };
  }
}
