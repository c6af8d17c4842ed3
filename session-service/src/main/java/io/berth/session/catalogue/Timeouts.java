package io.berth.session.catalogue;

import java.time.Duration;
import java.util.Optional;

/**
 * When sessions of a type end by themselves; each is off unless it has a time.
 *
 * @param idle nobody used it
 * @param absence nobody was connected
 * @param lifetime it has been there
 * @param warnBefore how long before that its person is told
 * @param extendBy how much longer it lives from the moment its person asks for more time
 * @param maxExtension how far its lifetime can be moved on in all, nothing if without bound
 */
public record Timeouts(
    Timeout idle,
    Timeout absence,
    Timeout lifetime,
    Duration warnBefore,
    Duration extendBy,
    Optional<Duration> maxExtension) {

  /** One of them. */
  public record Timeout(Optional<Duration> after, EndAction action) {}
}
