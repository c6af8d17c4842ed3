package io.berth.launcher;

import io.berth.launcher.command.Berth;

/** Entry of {@code ./berth}. */
public final class Main {

  private Main() {}

  public static void main(String[] args) {
    System.exit(Berth.run(args));
  }
}
