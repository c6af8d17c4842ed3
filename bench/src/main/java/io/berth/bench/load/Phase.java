package io.berth.bench.load;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A bounded piece of load: over when every connection has said so, or at the first failure. */
final class Phase {

  /** What a stalled connection may take beyond the time it was given. */
  private static final Duration GRACE = Duration.ofSeconds(10);

  private final CompletableFuture<Void> over = new CompletableFuture<>();
  private int left;

  Phase(int connections) {
    left = connections;
  }

  /** One connection has done its part; on the event loop only. */
  void done() {
    if (--left == 0) {
      over.complete(null);
    }
  }

  void fail(String reason) {
    over.completeExceptionally(new WrongAnswer(reason));
  }

  void fail(Throwable cause) {
    over.completeExceptionally(
        cause instanceof WrongAnswer ? cause : new WrongAnswer(cause.toString(), cause));
  }

  boolean isOver() {
    return over.isDone();
  }

  void await(Duration expected) {
    try {
      over.get(expected.plus(GRACE).toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      fail("timed out");
      throw new WrongAnswer("no end after %s and %s of grace".formatted(expected, GRACE), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new WrongAnswer("interrupted", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof WrongAnswer wrong ? wrong : new WrongAnswer("failed", e);
    }
  }
}
