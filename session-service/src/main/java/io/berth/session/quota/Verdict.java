package io.berth.session.quota;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Whether a person may have one more desktop. */
public sealed interface Verdict {

  /** It has its room, now or in its turn. */
  sealed interface Granted extends Verdict {

    /** The group to whose number of sessions it counts, if one is limited. */
    Optional<String> chargedTo();
  }

  /** It may begin. */
  record Admitted(Optional<String> chargedTo) implements Granted {}

  /**
   * It waits for room.
   *
   * @param position its place in line, from 1
   */
  record Waits(Optional<String> chargedTo, int position) implements Granted {}

  /** No desktop, and why. */
  sealed interface Refused extends Verdict {}

  /**
   * The person has as many as they may.
   *
   * @param limit how many that is
   * @param live the paths of those that they have
   */
  record TooManyOfOnesOwn(int limit, List<String> live) implements Refused {}

  /** All limited groups of the person have as many as they may; this is one of them. */
  record TooManyOfGroup(String group, int limit) implements Refused {}

  /** The type needs more than the whole host may give. */
  record NeverFits(Share needed, Share budget) implements Refused {}

  /**
   * There is no room, and no place left in line.
   *
   * @param estimate when there may be, as far as the last hour tells
   */
  record NoRoom(int waiting, Optional<Duration> estimate) implements Refused {}
}
