package io.berth.proxy.forward;

import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How desktops and services are reached. */
public interface UpstreamConfig {

  /** Time for one attempt to connect, TLS included. */
  @WithDefault("3s")
  Duration connectTimeout();

  /** Time for all attempts to connect together; only connecting is ever tried again. */
  @WithDefault("5s")
  Duration connectBudget();

  /** How often a refused connection is tried again. */
  @WithDefault("3")
  int connectRetries();

  /**
   * How long a desktop that took no connection is left alone: requests get their 503 at once, then
   * one of them tries again.
   */
  @WithDefault("1s")
  Duration unreachableRest();

  /** Shortest time between two notices to session-service about the same unreachable desktop. */
  @WithDefault("5s")
  Duration unreachableToldEvery();

  /** How long an upstream may think before the head of its answer comes. */
  @WithDefault("120s")
  Duration answerTimeout();

  /** How long an unused connection is kept for the next request to the same upstream. */
  @WithDefault("20s")
  Duration idle();

  /** Unused connections kept for one upstream on one event loop, a number. */
  @WithDefault("64")
  int idleConnections();
}
