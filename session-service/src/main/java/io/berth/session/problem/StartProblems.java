package io.berth.session.problem;

import io.berth.common.Problem;
import io.berth.session.lifecycle.StartSession;

/** Why a person got no desktop. */
public final class StartProblems {

  private StartProblems() {}

  public static Problem of(StartSession.Refused refused, String typeName) {
    return switch (refused) {
      case StartSession.StillStopping _ -> Problems.stillStopping();
      case StartSession.StillPausing _ -> Problems.stillPausing();
      case StartSession.UnknownType() -> Problems.unknownDesktopType(typeName);
      case StartSession.NotOpen(var type) -> Problems.notOpen(type.title());
      case StartSession.AddressTaken(var path) -> Problems.addressTaken(path);
      case StartSession.NoPortFree() -> Problems.noPortFree();
      case StartSession.EngineDown() -> Problems.engineDown();
    };
  }
}
