package io.berth.session.identity;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.util.Optional;

/** Whose tokens are taken, {@code berth.login.*} and {@code berth.provider.*}. */
@ConfigMapping(prefix = "berth")
public interface IssuersConfig {

  /** Login tokens, which auth-service signs. */
  Login login();

  /** Access tokens of the identity provider, for machines. */
  Provider provider();

  /** Login tokens. */
  interface Login {

    /** Where auth-service publishes its keys. Default http://127.0.0.1:5007/auth/jwks. */
    @WithDefault("http://127.0.0.1:5007/auth/jwks")
    URI jwksUrl();
  }

  /** The identity provider. */
  interface Provider {

    /** The provider's issuer address, such as a Keycloak realm. Default: its tokens are refused. */
    Optional<URI> url();
  }
}
