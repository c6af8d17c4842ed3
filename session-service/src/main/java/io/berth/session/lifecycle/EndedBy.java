package io.berth.session.lifecycle;

import java.util.Locale;

/** What brought a session to its end. */
public enum EndedBy {
  /** Its person, here or from inside the desktop. */
  PERSON,
  /** An administrator. */
  ADMIN,
  /** Nobody used it for longer than its type allows. */
  IDLE,
  /** It was there for as long as its type allows. */
  LIFETIME,
  /** Nobody was connected for longer than its type allows. */
  ABSENCE,
  /** The desktop ended, or vanished, without anyone's wish. */
  CRASH,
  /** Berth could not bring it up or keep it. */
  SYSTEM;

  /** As the database and the API spell it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static EndedBy of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
