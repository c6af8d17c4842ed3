package io.berth.auth.desktop;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** How long a ticket to a desktop's own origin is good for. */
@ConfigMapping(prefix = "berth.auth")
public interface TicketConfig {

  /** Time between the making of a ticket and its one use. Default 30 s. */
  @WithDefault("PT30S")
  @DurationMin(seconds = 1)
  @DurationMax(minutes = 5)
  Duration desktopTicketLifetime();
}
