package io.berth.bench;

import io.berth.bench.process.Children;
import java.time.Duration;

/**
 * Sees to it that nothing outlives the benchmark: at its end, on Ctrl-C, and when it takes too
 * long.
 */
final class Ending {

  private static final int TOOK_TOO_LONG = 3;

  private Ending() {}

  static void guard(Children children, Duration limit) {
    Runtime.getRuntime()
        .addShutdownHook(Thread.ofPlatform().name("ending").unstarted(children::close));
    Thread.ofPlatform()
        .name("time limit")
        .daemon()
        .start(() -> {
          try {
            Thread.sleep(limit);
          } catch (InterruptedException e) {
            return;
          }
          System.err.println("bench: not done after " + limit.toMinutes() + " min: ended.");
          System.exit(TOOK_TOO_LONG);
        });
  }
}
