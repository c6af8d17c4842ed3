package io.berth.launcher;

/** Entry of {@code ./berth}. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {}
}
