package io.berth.session.timeout;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How it is watched whether desktops are used, {@code berth.timeouts.*}. */
@ConfigMapping(prefix = "berth.timeouts")
public interface TimeoutConfig {

  /** How often sessions are looked at. Default 10 s. */
  @WithDefault("10s")
  Duration lookEvery();

  /**
   * A proxy that tells nothing for longer is silent, and while all are nobody's desktop is taken
   * for unused. More than three times the proxies' own {@code berth.proxy.tell-activity-every}.
   * Default 1 min.
   */
  @WithDefault("1m")
  Duration silentAfter();

  /**
   * How long the desktops that a silent proxy last saw open are taken for used: it may still carry
   * them while it can't reach PostgreSQL. Default 1 h.
   */
  @WithDefault("1h")
  Duration trustSilentFor();
}
