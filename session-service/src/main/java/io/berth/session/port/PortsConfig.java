package io.berth.session.port;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;

/** The host ports of desktops, {@code berth.ports.*}. */
@ConfigMapping(prefix = "berth.ports")
public interface PortsConfig {

  /** First and last port. Default 7000-8000. */
  @WithDefault("7000-8000")
  @Pattern(
      regexp = "[1-9][0-9]{3,4}-[1-9][0-9]{3,4}",
      message = "must be a first and a last port, such as 7000-8000")
  String range();

  /**
   * The address on which desktops are published and reached; never a public one. Default 127.0.0.1.
   */
  @WithDefault("127.0.0.1")
  @Pattern(
      regexp =
          "127\\.[0-9.]+|10\\.[0-9.]+|192\\.168\\.[0-9.]+|172\\.(1[6-9]|2[0-9]|3[01])\\.[0-9.]+",
      message = "must be a loopback or private IPv4 address")
  String address();

  /** How long a port rests after its desktop is gone. Default 30 s. */
  @WithDefault("30s")
  Duration quarantine();
}
