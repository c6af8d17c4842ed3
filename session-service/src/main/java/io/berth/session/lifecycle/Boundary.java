package io.berth.session.lifecycle;

/**
 * The places between two effects of a session's life, where a crash leaves the one without the
 * other. The crash tests kill the process in each of them, by a debugger's breakpoint in {@link
 * #passed}; a boundary that they don't come through fails them.
 */
enum Boundary {
  /** The row of a new session is committed; nobody has heard of it. */
  ROW_WRITTEN,
  /** A worker has the lease and has done nothing yet. */
  LEASE_TAKEN,
  /** The image is chosen, the session not moved on. */
  IMAGE_CHOSEN,
  /** The container is made, and not started. */
  CONTAINER_CREATED,
  /** The container runs, and its session is still to be created. */
  CONTAINER_STARTED,
  /** The desktop answers, and nobody can reach it. */
  DESKTOP_ANSWERED,
  /** The proxies have the route, and the session does not run yet. */
  ROUTE_PUBLISHED,
  /** A move is committed, its next step not begun. */
  MOVED,
  /** The stop is committed; nobody has heard of it. */
  STOP_WRITTEN,
  /** What somebody asks of a resting session is committed; nobody has heard of it. */
  ASK_WRITTEN,
  /** The container rests, its session is still to pause. */
  CONTAINER_PAUSED,
  /** The container goes on, its session is still to resume. */
  CONTAINER_RESUMED,
  /** The container is stopped, its session is still to restart. */
  CONTAINER_STOPPED,
  /** The route is gone, the container runs. */
  ROUTE_WITHDRAWN,
  /** The container is gone, its session has not ended. */
  CONTAINER_REMOVED,
  /** The session has ended, its lease is not given back. */
  SESSION_ENDED,
  /** The host had the port: the container is gone, and the session has the port still. */
  CONTAINER_WITHOUT_PORT_REMOVED,
  /** The session has another port, and no container for it yet. */
  PORT_CHANGED,
  /** A container that no session wants is gone; what else is wrong is not looked at yet. */
  ORPHAN_REMOVED,
  /** The missing route of a session that runs is there again. */
  ROUTE_REPAIRED,
  /** A session is sent on its way because its engine had gone. */
  RESTART_WRITTEN;

  /** Says that a session has come here. It does nothing by itself. */
  void passed() {}
}
