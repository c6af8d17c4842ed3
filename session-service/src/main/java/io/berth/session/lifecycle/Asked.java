package io.berth.session.lifecycle;

/** What becomes of a session that somebody asks to move. */
public sealed interface Asked {

  /** It is on its way there, or there already. */
  record OnItsWay(Session session) implements Asked {}

  /** From where it is there is no such move. */
  record NotFromHere(Session session) implements Asked {}

  /** The actor has no such session, whoever else may have it. */
  record Unknown() implements Asked {}
}
