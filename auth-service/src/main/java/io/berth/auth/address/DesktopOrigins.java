package io.berth.auth.address;

import io.berth.common.DesktopDomain;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Whether desktops have origins of their own, and which; checked at the start. */
@Startup
@ApplicationScoped
public class DesktopOrigins {

  private final Optional<DesktopDomain> domain;

  public DesktopOrigins(PublicUrl publicUrl, DesktopDomainConfig config) {
    this.domain = DesktopDomain.of(publicUrl.origin(), config.desktopDomain());
  }

  /** The domain of isolated-origin mode; none in path mode. */
  public Optional<DesktopDomain> domain() {
    return domain;
  }
}
