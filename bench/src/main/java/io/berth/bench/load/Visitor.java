package io.berth.bench.load;

/**
 * Somebody with a desktop.
 *
 * @param path the desktop's address below {@code /desktop/}
 * @param token the login token that opens it
 */
public record Visitor(String path, String token) {

  /** The same person with another token. */
  public Visitor with(String anotherToken) {
    return new Visitor(path, anotherToken);
  }
}
