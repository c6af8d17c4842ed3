package io.berth.session.catalogue;

import java.time.DayOfWeek;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;

/** Reads which warm seats are kept of a desktop type, and collects what is wrong with it. */
final class PoolReader {

  private final List<String> errors;

  PoolReader(List<String> errors) {
    this.errors = errors;
  }

  /** Whether a home is kept matters: no engine gives a volume to a container that runs. */
  DesktopType.Pool read(String key, CatalogueConfig.Pool pool, boolean keepsHome) {
    require(pool.max() >= 0, key + ".max", "must not be negative");
    require(pool.min() >= 0 && pool.min() <= pool.max(), key + ".min", "must be 0 to max");
    require(pool.demandWindow().isPositive(), key + ".demand-window", "must be positive");
    require(pool.maxAge().isPositive(), key + ".max-age", "must be positive");
    require(
        pool.max() == 0 || !keepsHome,
        key + ".max",
        "a home can't be given to a desktop that runs already; set home.keep to false, or this to"
            + " 0");
    for (Map.Entry<String, CatalogueConfig.Window> entry : pool.schedule().entrySet()) {
      String at = key + ".schedule." + entry.getKey();
      CatalogueConfig.Window window = entry.getValue();
      require(window.min() >= 0 && window.min() <= pool.max(), at + ".min", "must be 0 to max");
      require(!window.from().equals(window.to()), at + ".to", "must not be the same as from");
    }
    return new DesktopType.Pool(
        pool.max(),
        pool.min(),
        pool.demandWindow(),
        pool.maxAge(),
        pool.zone(),
        pool.schedule().values().stream().map(PoolReader::window).toList());
  }

  private static DesktopType.Window window(CatalogueConfig.Window window) {
    return new DesktopType.Window(
        window.days().orElse(EnumSet.allOf(DayOfWeek.class)),
        window.from(),
        window.to(),
        window.min());
  }

  private void require(boolean holds, String key, String otherwise) {
    if (!holds) {
      errors.add(key + ": " + otherwise);
    }
  }
}
