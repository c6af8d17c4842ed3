package io.berth.session.api;

import io.berth.session.problem.ProblemException;
import io.berth.session.problem.Problems;
import java.util.UUID;

/** Ids of sessions in addresses; what is none is as unknown as one that nobody has. */
final class SessionIds {

  private SessionIds() {}

  static UUID parse(String id) {
    try {
      return UUID.fromString(id);
    } catch (IllegalArgumentException e) {
      throw new ProblemException(Problems.unknownSession());
    }
  }
}
