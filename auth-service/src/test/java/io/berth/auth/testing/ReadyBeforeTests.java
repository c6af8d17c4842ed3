package io.berth.auth.testing;

import io.berth.auth.key.SigningKeys;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;

/** Holds tests back until the schema and the keys are up, unless a test is about just that. */
@ApplicationScoped
public class ReadyBeforeTests {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int LAST = 10_000;

  private final SigningKeys keys;

  public ReadyBeforeTests(SigningKeys keys) {
    this.keys = keys;
  }

  void await(@Observes @Priority(LAST) StartupEvent event) {
    Instant deadline = Instant.now().plus(LIMIT);
    while (RealServices.areReached() && !keys.areReady()) {
      if (Instant.now().isAfter(deadline)) {
        throw new IllegalStateException("not ready after " + LIMIT);
      }
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
  }
}
