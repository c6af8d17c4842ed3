package io.berth.auth.provider;

/** A callback that makes nobody signed in; the message says why, for the log. */
public class SignInRefused extends RuntimeException {

  private static final long serialVersionUID = 1;

  SignInRefused(String reason) {
    super(reason);
  }
}
