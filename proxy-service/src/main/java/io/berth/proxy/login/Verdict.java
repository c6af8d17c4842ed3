package io.berth.proxy.login;

import io.berth.common.LoginClaims;

/** What the edge thinks of a login token. */
public sealed interface Verdict {

  /** A login that stands. */
  record Accepted(LoginClaims claims) implements Verdict {}

  /**
   * No login.
   *
   * @param reason one word for counters: {@code expired}, {@code revoked}, {@code signature}, …
   */
  record Rejected(String reason) implements Verdict {}
}
