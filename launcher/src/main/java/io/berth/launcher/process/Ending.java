package io.berth.launcher.process;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Ends a process: asked first, by force when it does not go in time. */
public final class Ending {

  private static final Duration FORCED = Duration.ofSeconds(5);

  private Ending() {}

  public static void end(ProcessHandle process, Duration grace) {
    process.destroy();
    if (!ended(process, grace)) {
      process.destroyForcibly();
      ended(process, FORCED);
    }
  }

  private static boolean ended(ProcessHandle process, Duration limit) {
    try {
      process.onExit().get(limit.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException | ExecutionException e) {
      return !process.isAlive();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return !process.isAlive();
    }
  }
}
