package io.berth.proxy.edge;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithParentName;
import java.util.Optional;

/** Where desktops have origins of their own, {@code berth.desktop-domain}. */
@ConfigMapping(prefix = "berth.desktop-domain")
public interface DesktopDomainConfig {

  /**
   * The domain below which each desktop has its own origin, such as {@code desktops.example.com};
   * the same for all three services. Default: none, desktops share the portal's origin.
   */
  @WithParentName
  Optional<String> desktopDomain();
}
