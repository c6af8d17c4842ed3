package io.berth.session.lifecycle;

import java.util.Locale;

/** What the reconciliation mends. */
public enum Repair {
  /** A container that no session wants is removed. */
  ORPHAN_REMOVED,
  /** A session ends, because its container has vanished. */
  CONTAINER_VANISHED,
  /** A session ends, because its container did. */
  CONTAINER_ENDED,
  /** A desktop starts anew, because its engine or host had gone. */
  RESTARTED,
  /** A desktop that should rest went on, and rests again. */
  PAUSED_AGAIN,
  /** A desktop that should run was paused outside Berth, and goes on. */
  RESUMED,
  /** A route that was missing is published again. */
  ROUTE_PUBLISHED,
  /** A route that led to no running desktop is withdrawn. */
  ROUTE_WITHDRAWN,
  /** The port of an ended session is free, now that its container is seen to be gone. */
  PORT_FREED;

  /** As metrics, the log and the API spell it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
