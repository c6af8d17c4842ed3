package io.berth.auth.provider;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How the provider's claims are read. */
@ConfigMapping(prefix = "berth.auth")
public interface PersonConfig {

  /**
   * The group (or role) that makes an administrator, among those that {@code
   * quarkus.oidc.roles.role-claim-path} finds in the id token. Default {@code berth-admins}.
   */
  @WithDefault("berth-admins")
  String adminGroup();
}
