package io.berth.session.container;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Pattern;

/** Which installation this is, {@code berth.instance}. */
@ConfigMapping(prefix = "berth")
public interface InstanceConfig {

  /**
   * The label that keeps the containers, networks and homes of installations on one engine apart: 1
   * to 24 of a-z, 0-9 and inner hyphens. Default berth.
   */
  @WithDefault("berth")
  @Pattern(
      regexp = "[a-z0-9]([a-z0-9-]{0,22}[a-z0-9])?",
      message = "must be 1 to 24 of a-z, 0-9 and inner hyphens")
  String instance();
}
