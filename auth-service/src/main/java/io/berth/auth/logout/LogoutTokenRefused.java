package io.berth.auth.logout;

/** A logout token that proves nothing; the message says why. */
public class LogoutTokenRefused extends RuntimeException {

  private static final long serialVersionUID = 1;

  LogoutTokenRefused(String reason) {
    super(reason);
  }
}
