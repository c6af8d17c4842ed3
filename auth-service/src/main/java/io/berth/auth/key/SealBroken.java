package io.berth.auth.key;

/** Something in the database does not open with the secret that this service was given. */
public class SealBroken extends RuntimeException {

  private static final long serialVersionUID = 1;

  SealBroken(String name) {
    super(name + " does not open with this key-encryption secret");
  }
}
