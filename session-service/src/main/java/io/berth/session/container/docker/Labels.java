package io.berth.session.container.docker;

/** The labels by which Berth knows its own containers, networks and homes. */
final class Labels {

  static final String INSTANCE = "berth.instance";
  static final String SESSION = "berth.session";
  static final String GENERATION = "berth.generation";
  static final String OWNER = "berth.owner";
  static final String DESKTOP_TYPE = "berth.desktop-type";

  /** Which of its owner's homes a volume is. */
  static final String HOME = "berth.home";

  /** On a container that never runs: the home that it is there to pack. */
  static final String ARCHIVED_HOME = "berth.archived-home";

  private Labels() {}
}
