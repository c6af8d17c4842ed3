package io.berth.session.pool;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How warm seats are kept, {@code berth.pool.*}; how many of which type the catalogue says. */
@ConfigMapping(prefix = "berth.pool")
public interface PoolConfig {

  /**
   * How often the seats there are are compared with those wanted. Not at each claim, so that making
   * the next seat does not slow down the desktop that was just claimed. Default 2 s.
   */
  @WithDefault("2s")
  Duration lookAgain();

  /** The first pause after a seat could not be made; it doubles with each. Default 10 s. */
  @WithDefault("10s")
  Duration retryAfter();

  /** The longest such pause. Default 5 min. */
  @WithDefault("5m")
  Duration retryAtMost();
}
