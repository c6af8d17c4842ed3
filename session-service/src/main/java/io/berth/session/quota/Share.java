package io.berth.session.quota;

import io.berth.session.catalogue.DesktopType;

/**
 * A part of a host.
 *
 * @param memory in bytes
 * @param cpus in processors
 */
public record Share(long memory, double cpus) {

  static final Share NONE = new Share(0, 0);

  /** More than any host has; its halves can still be added. */
  static final Share UNBOUNDED = new Share(Long.MAX_VALUE / 2, Double.MAX_VALUE / 2);

  /** What a desktop of a type may take. */
  public static Share of(DesktopType type) {
    return new Share(type.limits().memory(), type.limits().cpus());
  }

  public Share plus(Share other) {
    return new Share(memory + other.memory, cpus + other.cpus);
  }

  public Share minus(Share other) {
    return new Share(memory - other.memory, cpus - other.cpus);
  }

  /** Whether it is no more than another in either respect. */
  public boolean fitsInto(Share other) {
    return memory <= other.memory && cpus <= other.cpus + 1e-9;
  }
}
