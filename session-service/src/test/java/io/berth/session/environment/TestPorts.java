package io.berth.session.environment;

/**
 * Host ports of this JVM's tests, so that two test runs on one machine don't take each other's.
 * They lie below those that Linux gives to outgoing connections (32768 and up).
 */
public final class TestPorts {

  private static final int FIRST = 20_000;
  private static final int EACH = 100;
  private static final int BASE =
      FIRST + EACH * (int) (ProcessHandle.current().pid() % ((32_000 - FIRST) / EACH));

  private TestPorts() {}

  /** For the sessions of the application under test, as {@code berth.ports.range}. */
  public static String range() {
    return "%d-%d".formatted(BASE, BASE + 60);
  }

  /** Three that sessions driven step by step have for themselves. */
  public static String rangeOfThree() {
    return "%d-%d".formatted(firstOfThree(), firstOfThree() + 2);
  }

  /** The first of {@link #rangeOfThree}. */
  public static int firstOfThree() {
    return BASE + 70;
  }

  /** For containers made without a session; 0 to 19. */
  public static int single(int number) {
    return BASE + 80 + number;
  }
}
