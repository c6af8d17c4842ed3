package io.berth.session.lifecycle;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * How far a session is. Every way to an end leads through {@link #STOPPING}, which removes whatever
 * there is, so that nothing half-created remains.
 */
public enum SessionState {
  /** A person asked for it; its port and path are taken. */
  REQUESTED,
  /** Its image is looked for, pulled or waited for. */
  PULLING,
  /** Its container is made and started. */
  CREATING,
  /** Its container runs, the desktop does not answer yet. */
  STARTING,
  /** The desktop answers and every proxy has its route. */
  RUNNING,
  /** Its route, then its container goes; the row says whether it ends as stopped or failed. */
  STOPPING,
  /** Over, as wished. */
  STOPPED,
  /** Over, for a reason that the row has. */
  FAILED;

  private static final Map<SessionState, Set<SessionState>> MOVES =
      Map.of(
          REQUESTED, Set.of(PULLING, STOPPING),
          PULLING, Set.of(CREATING, STOPPING),
          CREATING, Set.of(STARTING, STOPPING),
          STARTING, Set.of(RUNNING, STOPPING),
          RUNNING, Set.of(STOPPING),
          STOPPING, Set.of(STOPPED, FAILED),
          STOPPED, Set.of(),
          FAILED, Set.of());

  /** Whether a session may go from this state to another. */
  public boolean mayBecome(SessionState next) {
    return MOVES.getOrDefault(this, Set.of()).contains(next);
  }

  /** Whether the session still has its path and its port. */
  public boolean isLive() {
    return this != STOPPED && this != FAILED;
  }

  /** Whether a worker has something to do. */
  public boolean isWork() {
    return isLive() && this != RUNNING;
  }

  /** As the database and the API spell it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static SessionState of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
