package io.berth.session.identity;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Pattern;
import java.util.Optional;

/** The addresses that people type: the portal's, and what desktops' own are made of. */
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

  /**
   * The domain below which each desktop has its own origin, such as {@code desktops.example.com};
   * the same for all three services. Default: none, desktops share the portal's origin.
   */
  Optional<String> desktopDomain();
}
