package io.berth.session.pool;

import java.time.Duration;

/**
 * What the recent past says of a desktop type.
 *
 * @param launches by people, claims or not, in a window of time
 * @param window how long that is
 * @param makingTime how long a seat takes until it is ready
 */
record Demand(int launches, Duration window, Duration makingTime) {

  /** Launches to be expected while a seat is made, twice over since people come in waves. */
  int seats() {
    double perSecond = launches / (double) Math.max(1, window.toSeconds());
    return (int) Math.ceil(2 * perSecond * Math.max(1, makingTime.toSeconds()));
  }
}
