package io.berth.session.container.docker;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;
import java.util.Optional;

/** How to reach the container engine, {@code berth.docker.*}. */
@ConfigMapping(prefix = "berth.docker")
public interface DockerConfig {

  /**
   * The engine's socket, {@code unix://…} or {@code tcp://…}. Default DOCKER_HOST, else
   * unix:///var/run/docker.sock.
   */
  String host();

  /**
   * Name of the bridge of the desktops' network on the host, at most 12 letters and digits, so that
   * rules of a packet filter can name it; isolated desktops have it with {@code -i}. Default: bt
   * and eight digits made of berth.instance.
   */
  Optional<
          @Pattern(regexp = "[a-z][a-z0-9]{0,11}", message = "must be a-z, 0-9, at most 12") String>
      bridge();

  /** How long one call may take, pulls apart. Default 60 s. */
  @WithDefault("60s")
  Duration callTimeout();

  /** How long a pull may take in all. Default 20 min. */
  @WithDefault("20m")
  Duration pullTimeout();

  /** How long a pull may bring nothing new. Default 60 s. */
  @WithDefault("60s")
  Duration pullStall();

  /** How long the download of a home may take in all. Default 2 h. */
  @WithDefault("2h")
  Duration archiveTimeout();

  /** How long a desktop may take to end by itself before it is killed. Default 5 s. */
  @WithDefault("5s")
  Duration stopGrace();
}
