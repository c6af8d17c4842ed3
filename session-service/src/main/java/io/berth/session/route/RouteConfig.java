package io.berth.session.route;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How routes reach the proxies, {@code berth.routes.*}. */
@ConfigMapping(prefix = "berth.routes")
public interface RouteConfig {

  /** How long a change waits for the echo of every connected proxy. Default 2 s. */
  @WithDefault("2s")
  Duration echoTimeout();

  /**
   * How long a port rests whose route some proxy has not dropped for certain: one that did not echo
   * in time, or that was connected within this time and is not now. Default 10 min.
   */
  @WithDefault("10m")
  Duration unsureQuarantine();
}
