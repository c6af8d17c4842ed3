package io.berth.guard.rule;

/** A request that is not let through; the message says what would have been. */
public final class Refused extends Exception {

  private static final long serialVersionUID = 1;

  public Refused(String message) {
    super(message);
  }
}
