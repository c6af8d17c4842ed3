package io.berth.proxy.http;

import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What the edge accepts from clients. */
public interface HttpConfig {

  /** Longest request line, in bytes; longer is 414. */
  @WithDefault("4096")
  int maxRequestLine();

  /** Largest request head after its first line, in bytes; larger is 431. */
  @WithDefault("16384")
  int maxHead();

  /** Time for a whole request head, from its first byte (or from the connection's start). */
  @WithDefault("15s")
  Duration headDeadline();

  /** How long a connection may wait for its next request. */
  @WithDefault("75s")
  Duration keepAlive();

  /** How long an answer may stand still in both directions before it is given up. */
  @WithDefault("1h")
  Duration stalledAfter();

  /** Largest request body for session-service and auth-service, in bytes; larger is 413. */
  @WithDefault("10485760")
  long maxServiceBody();

  /** HTTP/2. */
  Http2Config http2();

  /**
   * Addresses or networks (CIDR) of proxies in front whose {@code X-Forwarded-*} are believed; none
   * by default.
   */
  Optional<List<String>> trustedProxies();

  /** Which headers these proxies write: {@code x-forwarded} or {@code forwarded} (RFC 7239). */
  @WithDefault("x-forwarded")
  TrustedHeader trustedHeader();
}
