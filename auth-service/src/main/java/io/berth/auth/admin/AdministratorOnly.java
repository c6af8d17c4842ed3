package io.berth.auth.admin;

/** Somebody who is no administrator, or not signed in, asked for what only those may do. */
public class AdministratorOnly extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final boolean signedIn;

  AdministratorOnly(boolean signedIn) {
    super(signedIn ? "not an administrator" : "not signed in");
    this.signedIn = signedIn;
  }

  /** Whether it is known who asked. */
  public boolean isSignedIn() {
    return signedIn;
  }
}
