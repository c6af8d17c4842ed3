package io.berth.session.container;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What runs desktops, {@code berth.runtime}. */
@ConfigMapping(prefix = "berth")
public interface RuntimeConfig {

  /** {@code docker} or {@code kubernetes}. Default docker. */
  @WithDefault("docker")
  RuntimeKind runtime();
}
