package io.berth.session.api;

import io.berth.session.problem.ProblemException;
import io.berth.session.problem.Problems;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Times in queries: {@code 2026-01-31T10:00:00Z}, or {@code 2026-01-31} for its first moment. */
final class Times {

  private static final int DATE = 10;

  private Times() {}

  static Optional<Instant> parse(String name, @Nullable String text) {
    if (text == null || text.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          text.length() == DATE
              ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
              : OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeParseException e) {
      throw new ProblemException(Problems.badTime(name));
    }
  }
}
