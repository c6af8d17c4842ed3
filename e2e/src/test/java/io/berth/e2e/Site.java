package io.berth.e2e;

/** A Berth that people can go to, however it was started. */
interface Site {

  /** Where, without a trailing slash. */
  String url();

  /** The password of {@code alice}, {@code bob}, {@code charlie} or {@code admin}. */
  String password(String person);
}
