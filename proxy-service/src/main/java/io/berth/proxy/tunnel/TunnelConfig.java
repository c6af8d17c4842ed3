package io.berth.proxy.tunnel;

import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long WebSockets live. */
public interface TunnelConfig {

  /** How long a tunnel may be silent in both directions; a static screen sends nothing at all. */
  @WithDefault("24h")
  Duration idleTimeout();

  /**
   * How long a client may take to hear why its tunnel ends: to the end of the frame that it is
   * receiving, and to its answer. Then it is cut off.
   */
  @WithDefault("500ms")
  Duration closeTimeout();

  /** How long a desktop may take to answer the handshake. */
  @WithDefault("15s")
  Duration handshakeTimeout();
}
