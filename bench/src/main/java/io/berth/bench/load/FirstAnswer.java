package io.berth.bench.load;

import io.berth.bench.upstream.Content;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Asks until the right answer comes. */
public final class FirstAnswer {

  private static final int PATIENCE_MILLIS = 2_000;
  private static final Duration BETWEEN_CONNECTIONS = Duration.ofMillis(2);

  private FirstAnswer() {}

  /**
   * Waits for the first right answer to somebody, however often it must connect.
   *
   * @param alive false when waiting is in vain
   */
  public static void await(Target target, Visitor visitor, Duration limit, BooleanSupplier alive) {
    byte[] request = target.request(visitor, Content.SMALL);
    long deadline = System.nanoTime() + limit.toNanos();
    String last = "nothing";
    while (alive.getAsBoolean() && System.nanoTime() < deadline) {
      try (OneConnection connection = new OneConnection(target, PATIENCE_MILLIS)) {
        if (connection.ask(request) == OneConnection.Reply.RIGHT) {
          return;
        }
        last = "another answer";
      } catch (IOException e) {
        last = e.toString();
      }
      LockSupport.parkNanos(BETWEEN_CONNECTIONS.toNanos());
    }
    throw new WrongAnswer(
        "no right answer to \"%s\" within %s; the last was: %s"
            .formatted(OneConnection.firstLine(request), limit, last));
  }
}
