package io.berth.session.container;

/** This kind of runtime can't pack homes. */
public class HomeNotPacked extends RuntimeException {

  private static final long serialVersionUID = 1;

  public HomeNotPacked(String message) {
    super(message);
  }
}
