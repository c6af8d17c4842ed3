package io.berth.auth.key;

import java.time.Duration;

/** The defaults, with a secret. */
record FixedKeyConfig(String keyEncryptionSecret) implements KeyConfig {

  @Override
  public Duration keyRotationAge() {
    return Duration.ofDays(90);
  }

  @Override
  public Duration keyPublishedAhead() {
    return Duration.ofMinutes(10);
  }
}
