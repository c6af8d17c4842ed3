package io.berth.bench.berth;

import io.berth.bench.load.Visitor;
import java.util.UUID;

/**
 * Somebody with one desktop.
 *
 * @param id what their tokens name
 * @param slug their name in addresses
 * @param port where their desktop listens
 */
public record Person(UUID id, String slug, int port) {

  static final String DESKTOP_TYPE = "ubuntu-vscode";

  /** The number-th person, always the same. */
  static Person number(int number, int port) {
    return new Person(
        new UUID(0x4265_7274_6800_4000L, 0x8000_0000_0000_0000L | number),
        "person-%04d".formatted(number),
        port);
  }

  /** Address of their desktop. */
  public String path() {
    return slug + "-" + DESKTOP_TYPE;
  }

  /** They, with a new login. */
  public Visitor visitor(LoginKey key) {
    return new Visitor(path(), key.token(id, slug));
  }
}
