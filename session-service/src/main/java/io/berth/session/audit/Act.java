package io.berth.session.audit;

import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * Something that was done, or that somebody wanted done.
 *
 * @param action a verb, such as {@code launch}, {@code stop} or {@code home-delete}
 * @param reason why, or why not
 */
public record Act(
    String action, Outcome outcome, Actor actor, Subject subject, Optional<String> reason) {

  /** What came of it. */
  public enum Outcome {
    /** It is on its way. */
    ASKED,
    /** It is done. */
    DONE,
    /** It did not work out. */
    FAILED,
    /** It was not allowed, or not possible. */
    REFUSED;

    /** As the database and the API spell it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * To what it was done; of each as much as there is.
   *
   * @param ownerId whose it is
   * @param ownerName their name in addresses
   */
  public record Subject(
      Optional<UUID> sessionId,
      Optional<String> ownerId,
      Optional<String> ownerName,
      Optional<String> desktopType) {

    /** Something of a person that is no session, such as a home. */
    public static Subject of(String ownerId, String ownerName, String desktopType) {
      return new Subject(
          Optional.empty(), Optional.of(ownerId), Optional.of(ownerName), Optional.of(desktopType));
    }
  }

  /** An act without a reason. */
  public static Act of(String action, Outcome outcome, Actor actor, Subject subject) {
    return new Act(action, outcome, actor, subject, Optional.empty());
  }

  /** The same for this reason. */
  public Act because(Optional<String> why) {
    return new Act(action, outcome, actor, subject, why);
  }
}
