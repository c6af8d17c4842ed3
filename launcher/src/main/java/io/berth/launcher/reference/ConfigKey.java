package io.berth.launcher.reference;

import java.util.Locale;
import java.util.Optional;

/**
 * One key of the configuration.
 *
 * @param name as in a properties file; {@code <…>} stands for a name that the operator chooses
 * @param type as the code has it, without {@code Optional}
 * @param fallback what holds where it is not set; nothing if there is none
 * @param required whether the service refuses to start without it
 * @param about what it means, with its unit, in Markdown
 */
record ConfigKey(
    String name, String type, Optional<String> fallback, boolean required, String about) {

  /** The environment variable that sets it. */
  String variable() {
    return name.replaceAll("<[a-z-]+>", "<NAME>")
        .replaceAll("[^A-Za-z0-9<>]", "_")
        .toUpperCase(Locale.ROOT);
  }
}
