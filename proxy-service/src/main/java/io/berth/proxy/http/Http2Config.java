package io.berth.proxy.http;

import io.smallrye.config.WithDefault;
import java.time.Duration;

/** HTTP/2 with clients; it is spoken over TLS only. */
public interface Http2Config {

  /** Whether it is offered at all; without it clients speak HTTP/1.1. */
  @WithDefault("true")
  boolean enabled();

  /** Requests that one connection may have under way, a number. */
  @WithDefault("100")
  int maxStreams();

  /** What a client may send ahead on one stream before it is read, in bytes. */
  @WithDefault("262144")
  int streamWindow();

  /** The same on all streams of a connection together, in bytes. */
  @WithDefault("8388608")
  int connectionWindow();

  /** Streams that a client may reset within {@link #resetsWithin}, a number; more is GOAWAY. */
  @WithDefault("200")
  int maxResets();

  /** The time in which resets are counted. */
  @WithDefault("30s")
  Duration resetsWithin();
}
