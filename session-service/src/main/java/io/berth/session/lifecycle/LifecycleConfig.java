package io.berth.session.lifecycle;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How sessions are worked on, {@code berth.lifecycle.*}. */
@ConfigMapping(prefix = "berth.lifecycle")
public interface LifecycleConfig {

  /** Sessions that one replica works on at the same time. Default 16. */
  @WithDefault("16")
  int workers();

  /** How long a worker's claim on a session lasts unless renewed. Default 15 s. */
  @WithDefault("15s")
  Duration lease();

  /** How often the table is looked at, should a notification be lost. Default 1 s. */
  @WithDefault("1s")
  Duration lookAgain();

  /** How often what is wanted is compared with what is there. Default 15 s. */
  @WithDefault("15s")
  Duration reconcileEvery();

  /** How long a session waits for a container engine that does not answer. Default 30 s. */
  @WithDefault("30s")
  Duration engineWait();

  /** How long a launch waits for the same desktop's previous session to end. Default 15 s. */
  @WithDefault("15s")
  Duration previousEndWait();
}
