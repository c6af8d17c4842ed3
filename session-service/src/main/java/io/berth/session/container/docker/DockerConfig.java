package io.berth.session.container.docker;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How to reach the container engine, {@code berth.docker.*}. */
@ConfigMapping(prefix = "berth.docker")
public interface DockerConfig {

  /**
   * The engine's socket, {@code unix://…} or {@code tcp://…}. Default DOCKER_HOST, else
   * unix:///var/run/docker.sock.
   */
  String host();

  /** How long one call may take, pulls apart. Default 60 s. */
  @WithDefault("60s")
  Duration callTimeout();

  /** How long a pull may take in all. Default 20 min. */
  @WithDefault("20m")
  Duration pullTimeout();

  /** How long a pull may bring nothing new. Default 60 s. */
  @WithDefault("60s")
  Duration pullStall();

  /** How long a desktop may take to end by itself before it is killed. Default 5 s. */
  @WithDefault("5s")
  Duration stopGrace();
}
