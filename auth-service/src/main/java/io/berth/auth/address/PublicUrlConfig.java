package io.berth.auth.address;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithParentName;
import jakarta.validation.constraints.Pattern;

/** The address that people type, {@code berth.public-url}. */
@ConfigMapping(prefix = "berth.public-url")
public interface PublicUrlConfig {

  /**
   * Scheme, host and port of the edge as browsers see it, without a path. No default; example
   * {@code http://localhost:5006}.
   */
  @Pattern(
      regexp = "https?://[^/?#@\\s]+/?",
      message = "must be scheme, host and port as browsers see them, such as http://localhost:5006")
  @WithParentName
  String publicUrl();
}
