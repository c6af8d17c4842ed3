package io.berth.auth.desktop;

/** A browser that can't be let into a desktop's own origin this way. */
public class EntryRefused extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final String again;

  EntryRefused(String reason, String again) {
    super(reason);
    this.again = again;
  }

  /** Where the person can try it anew. */
  public String again() {
    return again;
  }
}
