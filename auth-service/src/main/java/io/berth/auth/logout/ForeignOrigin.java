package io.berth.auth.logout;

/** A sign-out that did not come from a page of Berth's own. */
public class ForeignOrigin extends RuntimeException {

  private static final long serialVersionUID = 1;

  ForeignOrigin() {
    super("the request does not come from a page at the public address");
  }
}
