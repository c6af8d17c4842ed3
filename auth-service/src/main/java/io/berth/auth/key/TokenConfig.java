package io.berth.auth.key;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** How long what the keys sign is good for. */
@ConfigMapping(prefix = "berth.auth")
public interface TokenConfig {

  /** Lifetime of a login, its token and its cookie. Default 10 hours. */
  @WithDefault("PT10H")
  @DurationMin(minutes = 1)
  @DurationMax(days = 31)
  Duration loginLifetime();
}
