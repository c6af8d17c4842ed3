package io.berth.proxy.route;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/**
 * How a desktop is reached; one incarnation, told from others at the same path by its generation.
 *
 * @param path the segment under {@code /desktop/}
 * @param generation unique among all routes ever
 * @param ownerId the person's id, the login token's subject
 * @param upstream where it listens
 * @param authorization the value of the Authorization header that it wants, or empty
 * @param startQuery what its web client needs on the first page, {@code {path}} not yet replaced
 * @param stripPrefix whether it knows nothing of {@code /desktop/{path}}
 * @param blockedPrefixes lower-case paths of its own that are not for browsers
 */
public record Route(
    String path,
    long generation,
    String ownerId,
    Address upstream,
    String authorization,
    String startQuery,
    boolean stripPrefix,
    List<String> blockedPrefixes) {

  /**
   * Where a desktop listens.
   *
   * @param verifyTls whether its certificate is checked; Kasm makes a new one at each start
   */
  public record Address(String host, int port, boolean tls, boolean verifyTls) {

    @Override
    public String toString() {
      return host + ":" + port;
    }
  }

  public Route {
    blockedPrefixes = List.copyOf(blockedPrefixes);
  }

  /** The Authorization header's value for a user and a password. */
  public static String basic(String username, String password) {
    byte[] pair = (username + ":" + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  /** The address on the edge without a trailing slash. */
  public String address() {
    return "/desktop/" + path;
  }

  /** Never the password. */
  @Override
  public String toString() {
    return path + " generation " + generation + " at " + upstream;
  }
}
