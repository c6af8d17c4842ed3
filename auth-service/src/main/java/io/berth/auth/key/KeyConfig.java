package io.berth.auth.key;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Size;
import java.time.Duration;

/** How signing keys are kept and renewed. */
@ConfigMapping(prefix = "berth.auth")
public interface KeyConfig {

  /**
   * Protects the signing keys and id tokens in the database, and the cookie of a sign-in under way.
   * At least 32 characters, the same on every replica and after every restart. No default.
   */
  @Size(
      min = 32,
      message =
          "must have at least 32 characters: it protects the signing keys in the database;"
              + " make one with: openssl rand -base64 32")
  String keyEncryptionSecret();

  /** Age at which a new signing key takes over. Default 90 days. */
  @WithDefault("P90D")
  Duration keyRotationAge();

  /**
   * How long a new key is published before it signs, so that every edge knows it. Default 10 min.
   */
  @WithDefault("PT10M")
  Duration keyPublishedAhead();
}
