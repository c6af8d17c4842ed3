package io.berth.session.leftover;

/**
 * Something in the runtime that no session accounts for.
 *
 * @param id the runtime's own id
 * @param why what makes it one
 */
public record Leftover(Kind kind, String id, String name, String why) {

  /** What it is. */
  public enum Kind {
    /** A container of the port-based application. */
    OLD_CONTAINER,
    /** A container of this installation that no live session has. */
    CONTAINER,
    /** A home that nobody owns, with all that is in it. */
    HOME
  }
}
