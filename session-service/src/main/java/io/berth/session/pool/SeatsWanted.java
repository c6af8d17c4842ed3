package io.berth.session.pool;

import io.berth.session.catalogue.DesktopType;
import java.time.Instant;
import java.time.ZonedDateTime;

/** How many seats of a type there should be: as the schedule says, more if people come. */
final class SeatsWanted {

  private SeatsWanted() {}

  static int of(DesktopType.Pool pool, Instant now, Demand demand) {
    return Math.min(pool.max(), scheduled(pool, now) + demand.seats());
  }

  private static int scheduled(DesktopType.Pool pool, Instant now) {
    ZonedDateTime there = now.atZone(pool.zone());
    return pool.schedule().stream()
        .filter(window -> window.contains(there))
        .mapToInt(DesktopType.Window::min)
        .max()
        .orElse(pool.min());
  }
}
