package io.berth.bench.report;

/**
 * Something that is measured as one number.
 *
 * @param key its name in the JSON file
 * @param title its name in the table
 * @param unit of the number
 * @param better which way is better
 */
public record Figure(String key, String title, String unit, Better better) {

  /** Which way is better. */
  public enum Better {
    MORE,
    LESS
  }

  /** A figure of which more is better. */
  public static Figure more(String key, String title, String unit) {
    return new Figure(key, title, unit, Better.MORE);
  }

  /** A figure of which less is better. */
  public static Figure less(String key, String title, String unit) {
    return new Figure(key, title, unit, Better.LESS);
  }

  /** A reading of it. */
  public Reading is(double value) {
    return new Reading(this, value);
  }

  /** What one measurement said of one figure. */
  public record Reading(Figure figure, double value) {}
}
