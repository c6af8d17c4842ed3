package io.berth.proxy.feed;

import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the edge follows PostgreSQL. */
public interface FeedConfig {

  /** Pause before the first new attempt to connect; it doubles, and a random half is left out. */
  @WithDefault("200ms")
  Duration firstPause();

  /** Longest pause between two attempts to connect. */
  @WithDefault("5s")
  Duration longestPause();

  /**
   * How often memory is compared with the tables: repairs what a lost notification left, and
   * notices a database that has fallen silent.
   */
  @WithDefault("10s")
  Duration checkEvery();

  /** How long PostgreSQL may take for one answer before the connection counts as dead. */
  @WithDefault("5s")
  Duration answerTimeout();

  /** How long the reading of a whole table may take. */
  @WithDefault("30s")
  Duration loadTimeout();
}
