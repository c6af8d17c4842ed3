package io.berth.session.container;

import java.util.Optional;
import java.util.UUID;

/**
 * A container as the runtime saw it a moment ago.
 *
 * @param id the runtime's own id
 * @param sessionId whose it is, nothing if its label is unreadable
 * @param generation which incarnation of the route leads to it
 * @param state how far it is
 * @param exitCode how it ended, 0 before
 * @param outOfMemory whether it ended because it had used up its memory
 * @param address where it is reached, nothing if that is its session's host port
 */
public record Container(
    String id,
    String name,
    Optional<UUID> sessionId,
    long generation,
    State state,
    long exitCode,
    boolean outOfMemory,
    Optional<Address> address) {

  /** How far a container is. */
  public enum State {
    CREATED,
    RUNNING,
    PAUSED,
    EXITED,
    /** Ended because its engine or its host did: nobody wished it, and nothing is wrong with it. */
    INTERRUPTED
  }

  public boolean isRunning() {
    return state == State.RUNNING;
  }
}
