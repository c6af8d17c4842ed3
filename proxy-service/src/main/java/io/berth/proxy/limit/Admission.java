package io.berth.proxy.limit;

/** Whether somebody may have one thing more. */
public sealed interface Admission<T> {

  /**
   * They may.
   *
   * @param place what must be given back
   */
  record Admitted<T>(T place) implements Admission<T> {}

  /** They may not. */
  record Refused<T>(Refusal refusal) implements Admission<T> {}
}
