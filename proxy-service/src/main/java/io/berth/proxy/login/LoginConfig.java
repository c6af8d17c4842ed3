package io.berth.proxy.login;

import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How logins are checked. */
public interface LoginConfig {

  /** Verdicts on tokens that are kept in memory, a number of tokens. */
  @WithDefault("20000")
  int verdicts();

  /** Shortest time between two readings of auth-service's keys because a token names an unknown. */
  @WithDefault("5s")
  Duration keysAtMostEvery();

  /** Time between two readings of auth-service's keys anyway. */
  @WithDefault("5m")
  Duration keysAtLeastEvery();
}
