package io.berth.session.lifecycle;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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
  /** A warm seat: its desktop answers, and nobody has it yet. */
  READY,
  /** The desktop answers and every proxy has its route. */
  RUNNING,
  /** Its route goes, then its container is frozen or stopped; what it has stays. */
  PAUSING,
  /** Its container is kept and does nothing; it still has its path and its port. */
  PAUSED,
  /** Its container goes on, or is made again if it is gone. */
  RESUMING,
  /** Its route goes and its container stops, to be started again. */
  RESTARTING,
  /** Its route, then its container goes; the row says whether it ends as stopped or failed. */
  STOPPING,
  /** Over, as wished. */
  STOPPED,
  /** Over, for a reason that the row has. */
  FAILED;

  private static final Map<SessionState, Set<SessionState>> MOVES =
      Map.ofEntries(
          Map.entry(REQUESTED, Set.of(PULLING, STOPPING)),
          Map.entry(PULLING, Set.of(CREATING, STOPPING)),
          Map.entry(CREATING, Set.of(STARTING, STOPPING)),
          // Back to CREATING: a seat that died in the moment of its claim.
          Map.entry(STARTING, Set.of(CREATING, READY, RUNNING, STOPPING)),
          Map.entry(READY, Set.of(STARTING, STOPPING)),
          Map.entry(RUNNING, Set.of(PAUSING, RESTARTING, STOPPING)),
          Map.entry(PAUSING, Set.of(PAUSED, STOPPING)),
          Map.entry(PAUSED, Set.of(RESUMING, RESTARTING, STOPPING)),
          Map.entry(RESUMING, Set.of(STARTING, CREATING, STOPPING)),
          Map.entry(RESTARTING, Set.of(RESUMING, STOPPING)),
          Map.entry(STOPPING, Set.of(STOPPED, FAILED)),
          Map.entry(STOPPED, Set.of()),
          Map.entry(FAILED, Set.of()));

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
    return isLive() && this != READY && this != RUNNING && this != PAUSED;
  }

  /** As the database and the API spell it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What a person asks for who wants a session to go there. */
  String verb() {
    return switch (this) {
      case PAUSING -> "pause";
      case RESUMING -> "resume";
      case RESTARTING -> "restart";
      default -> throw new IllegalStateException("nobody asks for " + this);
    };
  }

  /** The state of a word, if it is one. */
  public static Optional<SessionState> parse(String word) {
    return Arrays.stream(values()).filter(each -> each.word().equals(word)).findFirst();
  }

  static SessionState of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
