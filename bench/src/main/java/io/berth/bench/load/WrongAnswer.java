package io.berth.bench.load;

/** An answer was not the one that was served, or did not come: there is no figure to give. */
public final class WrongAnswer extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public WrongAnswer(String message) {
    super(message);
  }

  public WrongAnswer(String message, Throwable cause) {
    super(message, cause);
  }
}
