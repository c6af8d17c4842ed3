package io.berth.session.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.session.catalogue.DesktopType;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SeatsWantedTest {

  private static final Demand NONE = new Demand(0, Duration.ofMinutes(15), Duration.ofSeconds(10));

  private final DesktopType.Pool pool =
      new DesktopType.Pool(
          8,
          1,
          Duration.ofMinutes(15),
          Duration.ofHours(12),
          ZoneId.of("Europe/Berlin"),
          List.of(
              new DesktopType.Window(
                  Set.of(DayOfWeek.MONDAY, DayOfWeek.FRIDAY),
                  LocalTime.of(8, 0),
                  LocalTime.of(18, 0),
                  5),
              new DesktopType.Window(
                  Set.of(DayOfWeek.FRIDAY), LocalTime.of(22, 0), LocalTime.of(2, 0), 3)));

  @ParameterizedTest
  @CsvSource({
    "2026-11-27T06:59:59Z, 1", // Friday, 07:59:59 in Berlin
    "2026-11-27T07:00:00Z, 5",
    "2026-11-27T16:59:59Z, 5",
    "2026-11-27T17:00:00Z, 1",
    "2026-11-27T21:00:00Z, 3",
    "2026-11-28T00:59:59Z, 3", // Saturday, but the window began on Friday
    "2026-11-28T01:00:00Z, 1",
    "2026-11-28T21:00:00Z, 1",
    "2026-11-24T08:00:00Z, 1", // Tuesday
    "2026-06-26T06:00:00Z, 5" // 08:00 in Berlin's summer
  })
  void theScheduleCountsInItsOwnTimeZone(Instant now, int seats) {
    assertThat(SeatsWanted.of(pool, now, NONE)).isEqualTo(seats);
  }

  @Test
  void whoCameLatelyIsReckonedWithUpToTheMost() {
    Instant night = Instant.parse("2026-11-24T03:00:00Z");

    assertThat(SeatsWanted.of(pool, night, demand(1))).isEqualTo(2);
    assertThat(SeatsWanted.of(pool, night, demand(90))).isEqualTo(3); // one in 10 s, twice over
    assertThat(SeatsWanted.of(pool, night, demand(9_000))).isEqualTo(8);
  }

  private static Demand demand(int launches) {
    return new Demand(launches, Duration.ofMinutes(15), Duration.ofSeconds(10));
  }
}
