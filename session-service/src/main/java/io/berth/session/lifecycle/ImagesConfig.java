package io.berth.session.lifecycle;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Images that somebody else builds on this host, {@code berth.images.*}. */
@ConfigMapping(prefix = "berth.images")
public interface ImagesConfig {

  /** How long a launch waits for a stand-in that is being built. Default 0 s. */
  @WithDefault("0s")
  Duration buildWait();

  /**
   * Where the builder says how far it is: files {@code <desktop-type>.progress} of one line, {@code
   * <percent> <sentence>}. Default: nowhere.
   */
  Optional<Path> progressDirectory();
}
