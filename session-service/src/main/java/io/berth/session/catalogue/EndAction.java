package io.berth.session.catalogue;

import java.util.Locale;

/** What becomes of a session whose time is over. */
public enum EndAction {
  STOP,
  PAUSE;

  /** As the database and the API spell it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What {@link #word} says. */
  public static EndAction of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
