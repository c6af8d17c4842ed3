package io.berth.session.catalogue;

/** What a pause does to a container. */
public enum PauseMode {
  /** Its programs stand still and keep their memory; it goes on within a moment. */
  FREEZE,
  /** Its programs end and its memory is free; its disk stays. */
  STOP
}
