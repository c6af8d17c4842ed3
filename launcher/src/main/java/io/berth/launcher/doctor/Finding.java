package io.berth.launcher.doctor;

import java.util.Optional;

/**
 * One look: what was looked at, what was seen, and the fix if it is wrong.
 *
 * @param subject in a word or two
 */
public record Finding(String subject, String seen, Optional<String> fix) {

  public static Finding well(String subject, String seen) {
    return new Finding(subject, seen, Optional.empty());
  }

  public static Finding wrong(String subject, String seen, String fix) {
    return new Finding(subject, seen, Optional.of(fix));
  }

  public boolean isWell() {
    return fix.isEmpty();
  }
}
