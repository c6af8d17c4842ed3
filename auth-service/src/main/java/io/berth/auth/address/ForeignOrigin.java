package io.berth.auth.address;

/** A change that a page of Berth's own did not ask for. */
public class ForeignOrigin extends RuntimeException {

  private static final long serialVersionUID = 1;

  ForeignOrigin() {
    super("the request does not come from a page at the public address");
  }
}
