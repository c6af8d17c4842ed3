package io.berth.auth.key;

/** The signing keys are not loaded yet: PostgreSQL did not answer since the start. */
public class NoSigningKey extends RuntimeException {

  private static final long serialVersionUID = 1;

  NoSigningKey() {
    super("no signing key is loaded yet");
  }
}
