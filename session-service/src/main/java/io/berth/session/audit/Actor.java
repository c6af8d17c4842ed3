package io.berth.session.audit;

import java.util.Locale;
import java.util.Optional;

/**
 * Who does something to a session.
 *
 * @param id {@code sub} of the person's or administrator's token, nothing for Berth itself
 * @param name their name in addresses, or the part of Berth
 */
public record Actor(Kind kind, Optional<String> id, String name) {

  /** As what they do it. */
  public enum Kind {
    /** For a session of their own. */
    PERSON,
    /** For anyone's session. */
    ADMIN,
    /** Berth itself, by its settings or because there is no other way. */
    SYSTEM;

    /** As the database and the API spell it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public static Actor person(String id, String name) {
    return new Actor(Kind.PERSON, Optional.of(id), name);
  }

  public static Actor admin(String id, String name) {
    return new Actor(Kind.ADMIN, Optional.of(id), name);
  }

  /** A part of Berth, such as {@code reconciler}. */
  public static Actor system(String part) {
    return new Actor(Kind.SYSTEM, Optional.empty(), part);
  }

  /** Whether this one may act on a session of that person. */
  public boolean mayActFor(String ownerId) {
    return kind != Kind.PERSON || id.filter(ownerId::equals).isPresent();
  }
}
