package io.berth.session.problem;

import io.berth.common.Problem;
import io.berth.session.quota.Share;
import io.berth.session.quota.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Why there is no room for a desktop, what to do, and when to come back. */
final class QuotaProblems {

  /** When nothing is known of when desktops end. */
  private static final Duration SOME_TIME = Duration.ofMinutes(1);

  private static final Duration LONGEST = Duration.ofHours(1);

  private QuotaProblems() {}

  static Problem of(Verdict.Refused why) {
    return switch (why) {
      case Verdict.TooManyOfOnesOwn(int limit, List<String> live) ->
          limit == 0 ? noneAllowed() : tooManyOfOnesOwn(limit, live);
      case Verdict.TooManyOfGroup(String group, int limit) ->
          Problem.of(
              "too-many-desktops-of-group",
              "Your group has no desktop left",
              409,
              "The people of %s may have %d desktops together, and they do."
                  .formatted(group, limit),
              "Try again when somebody of your group has stopped one, or stop one of yours.");
      case Verdict.NeverFits(Share needed, Share budget) ->
          Problem.of(
              "desktop-too-large",
              "This desktop is too large for the host",
              409,
              "It may take %d MB of memory and %.1f processors; all desktops together may take %d MB and %.1f."
                  .formatted(
                      needed.memory() >> 20, needed.cpus(), budget.memory() >> 20, budget.cpus()),
              "Choose a smaller desktop type, or ask your administrator to raise"
                  + " berth.quotas.host.*.");
      case Verdict.NoRoom(int waiting, Optional<Duration> estimate) ->
          Problem.of(
              "host-full",
              "No room on this host",
              503,
              "All that the host may give to desktops is taken, and %s."
                  .formatted(
                      waiting == 0
                          ? "nobody can wait in line"
                          : waiting + " people wait in line already"),
              "Try again in about %d s, or stop a desktop that you don't need."
                  .formatted(retryAfter(estimate).toSeconds()));
    };
  }

  /** When it makes sense to ask again, if time alone may help. */
  static Optional<Duration> retryAfter(Verdict.Refused why) {
    return why instanceof Verdict.NoRoom(int _, Optional<Duration> estimate)
        ? Optional.of(retryAfter(estimate))
        : Optional.empty();
  }

  private static Duration retryAfter(Optional<Duration> estimate) {
    Duration time = estimate.orElse(SOME_TIME);
    return time.compareTo(LONGEST) > 0 ? LONGEST : time;
  }

  private static Problem noneAllowed() {
    return Problem.of(
        "no-desktops-allowed",
        "You may have no desktops",
        403,
        "Your sign-in allows you no desktop here.",
        "Ask your administrator to raise berth.quotas.sessions-per-person, or that of one of your"
            + " groups.");
  }

  private static Problem tooManyOfOnesOwn(int limit, List<String> live) {
    return Problem.of(
        "too-many-desktops",
        "You have as many desktops as you may",
        409,
        "You may have %d at a time, and have %s.".formatted(limit, String.join(", ", live)),
        "Stop one of them, then launch this one again.");
  }
}
