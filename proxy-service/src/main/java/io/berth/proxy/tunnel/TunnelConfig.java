package io.berth.proxy.tunnel;

import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long WebSockets live. */
public interface TunnelConfig {

  /** How long a tunnel may be silent in both directions; a static screen sends nothing at all. */
  @WithDefault("24h")
  Duration idleTimeout();

  /** Tunnels that one person may have open, a number; more are 429. */
  @WithDefault("128")
  int perPerson();

  /** How long a desktop may take to answer the handshake. */
  @WithDefault("15s")
  Duration handshakeTimeout();
}
