package io.berth.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.chaos.storm.Storm;
import java.security.SecureRandom;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * A short storm; {@code ./berth chaos --minutes N} is a longer one. Only on demand until it has
 * shown itself steady: what it does is chance, and a suite must not be.
 */
@EnabledIfSystemProperty(
    named = "chaos.storm",
    matches = "true",
    disabledReason = "-Dchaos.storm=true runs it")
class StormIT {

  /** {@code -Dchaos.seed=N} repeats a plan. */
  private static final long SEED =
      Long.getLong("chaos.seed", new SecureRandom().nextInt(1_000_000));

  @Test
  void afterEveryBlowOfAStormAllIsWellAgain() throws InterruptedException {
    Storm.Outcome outcome = new Storm(TheWorld.get(), SEED, System.out).run(Duration.ofSeconds(60));

    assertThat(outcome.blows()).isPositive();
    assertThat(outcome.deeds()).isPositive();
    System.out.println(outcome.recoveries());
  }
}
