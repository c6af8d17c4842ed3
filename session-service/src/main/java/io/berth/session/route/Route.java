package io.berth.session.route;

import io.berth.common.ProxyPath;
import java.util.List;
import java.util.UUID;

/**
 * How a session is reached, as the edge reads it.
 *
 * @param generation which incarnation of the route, from one sequence for all
 * @param ownerId the only person whom it serves
 * @param upstream where the desktop listens and what it wants to hear
 * @param startQuery what its web client needs on its first page, {@code {path}} replaced by the
 *     edge
 * @param stripPrefix whether the desktop sees paths without {@code /desktop/{path}}
 * @param blockedPrefixes paths of the desktop that browsers don't get
 */
public record Route(
    ProxyPath path,
    long generation,
    UUID sessionId,
    UUID ownerId,
    Upstream upstream,
    String startQuery,
    boolean stripPrefix,
    List<String> blockedPrefixes) {

  public Route {
    blockedPrefixes = List.copyOf(blockedPrefixes);
  }

  /** A desktop's port and its Basic authentication. */
  public record Upstream(
      String scheme, String host, int port, String username, String password, boolean verifyTls) {

    /** Without the password. */
    @Override
    public String toString() {
      return "%s://%s:%d".formatted(scheme, host, port);
    }
  }
}
