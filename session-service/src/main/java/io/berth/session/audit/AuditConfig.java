package io.berth.session.audit;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long it is kept who did what, {@code berth.audit.*}. */
@ConfigMapping(prefix = "berth.audit")
public interface AuditConfig {

  /** How long acts are kept; the database keeps them for a week at least. Default 400 days. */
  @WithDefault("400d")
  Duration retention();
}
