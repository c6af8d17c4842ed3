package io.berth.session.identity;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Pattern;

/** The address that people type, {@code berth.public-url}. */
@ConfigMapping(prefix = "berth")
public interface PublicUrlConfig {

  /**
   * Scheme, host and port of the edge as browsers see it, without a path; the issuer of login
   * tokens. Default http://localhost:5006.
   */
  @WithDefault("http://localhost:5006")
  @Pattern(
      regexp = "https?://[^/?#@\\s]+/?",
      message = "must be scheme, host and port as browsers see them, such as http://localhost:5006")
  String publicUrl();
}
