package io.berth.proxy.login;

import io.berth.common.LoginClaims;
import io.berth.common.ProxyPath;

/** What the edge thinks of a login token. */
public sealed interface Verdict {

  /** A login that stands, at the portal's origin. */
  record Accepted(LoginClaims claims) implements Verdict {}

  /** A login that stands, at one desktop's own origin and nowhere else. */
  record AcceptedAt(ProxyPath desktop, LoginClaims claims) implements Verdict {}

  /**
   * No login.
   *
   * @param reason one word for counters: {@code expired}, {@code revoked}, {@code signature}, …
   */
  record Rejected(String reason) implements Verdict {}
}
