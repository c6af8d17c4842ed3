package io.berth.auth.provider;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.regex.Pattern;

/** How the provider's claims are read. */
@ConfigMapping(prefix = "berth.auth")
public interface PersonConfig {

  /**
   * The group (or role) that makes an administrator, among those that {@code
   * quarkus.oidc.roles.role-claim-path} finds in the id token. Default {@code berth-admins}.
   */
  @WithDefault("berth-admins")
  String adminGroup();

  /**
   * Which of those groups login tokens name, for desktop types and quotas that are for groups: a
   * regular expression for the whole name, without a leading slash. A token names at most 50, since
   * a cookie has little room. Default: all.
   */
  @WithDefault(".*")
  Pattern groupPattern();
}
