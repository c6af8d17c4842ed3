package io.berth.session.catalogue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Makes the timeouts of a type of configuration and collects what is wrong with them. */
final class TimeoutsReader {

  private final String key;
  private final List<String> errors;

  private TimeoutsReader(String key, List<String> errors) {
    this.key = key;
    this.errors = errors;
  }

  static Timeouts read(String key, TimeoutsConfig config, List<String> errors) {
    return new TimeoutsReader(key, errors).read(config);
  }

  private Timeouts read(TimeoutsConfig config) {
    return new Timeouts(
        timeout(".idle.after", config.idle()),
        timeout(".absence.after", config.absence()),
        timeout(".lifetime.after", config.lifetime()),
        notNegative(".warn-before", config.warnBefore()),
        positive(".extend-by", config.extendBy()),
        config.maxExtension().map(bound -> notNegative(".max-extension", bound)));
  }

  private Timeouts.Timeout timeout(String name, TimeoutsConfig.Timeout config) {
    Optional<Duration> after = config.after().map(duration -> positive(name, duration));
    return new Timeouts.Timeout(after, config.action());
  }

  private Duration positive(String name, Duration duration) {
    if (!duration.isPositive()) {
      errors.add(key + name + ": must be positive");
    }
    return duration;
  }

  private Duration notNegative(String name, Duration duration) {
    if (duration.isNegative()) {
      errors.add(key + name + ": must not be negative");
    }
    return duration;
  }
}
