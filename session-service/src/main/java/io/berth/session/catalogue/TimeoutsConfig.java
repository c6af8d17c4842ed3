package io.berth.session.catalogue;

import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** When sessions of a type end by themselves, {@code berth.desktops.<type>.timeouts.*}. */
public interface TimeoutsConfig {

  /** Nobody has used it: what counts is {@code client.activity}. */
  Timeout idle();

  /** Nobody has had it open. */
  Timeout absence();

  /** It has been there, used or not. */
  Timeout lifetime();

  /** How long before that its person is warned. Default 5 min. */
  @WithDefault("5m")
  Duration warnBefore();

  /**
   * How much longer than its lifetime it lives when its person asks for more time, from that moment
   * on. Default 1 h.
   */
  @WithDefault("1h")
  Duration extendBy();

  /** How far a lifetime can be moved on in all. Default: without bound. */
  Optional<Duration> maxExtension();

  /** One of them. */
  interface Timeout {

    /** After how long. Default: never. */
    Optional<Duration> after();

    /** {@code stop} or {@code pause}. Default stop. */
    @WithDefault("stop")
    EndAction action();
  }
}
