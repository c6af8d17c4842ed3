package io.berth.session.home;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;

/** People's homes, {@code berth.homes.*}. */
@ConfigMapping(prefix = "berth.homes")
public interface HomesConfig {

  /** How many homes can be downloaded at a time, from this replica. Default 4. */
  @WithDefault("4")
  @Min(1)
  int downloads();
}
