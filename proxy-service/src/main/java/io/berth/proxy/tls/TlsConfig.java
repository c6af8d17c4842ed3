package io.berth.proxy.tls;

import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** TLS in the edge itself; without a certificate it speaks plain HTTP. */
public interface TlsConfig {

  /** PEM file of the certificate and, below it, those that vouch for it. */
  Optional<Path> certificate();

  /** PEM file of its key, not encrypted. */
  Optional<Path> key();

  /** How often the two files are looked at for a renewed certificate. */
  @WithDefault("10s")
  Duration checkEvery();

  /** A port for plain HTTP that sends every visit to https; none if not set. */
  OptionalInt redirectPort();

  /**
   * How long browsers shall use https only ({@code Strict-Transport-Security}); not said if not
   * set.
   */
  Optional<Duration> hsts();
}
