package io.berth.proxy.limit;

import java.time.Duration;

/**
 * What each address, or each person, may take.
 *
 * @param requests how often a request may come
 * @param newTunnels how often a WebSocket may be opened
 * @param withoutLogin how often a request may come without a good login
 * @param exchanges requests under way at once
 * @param tunnels open WebSockets
 * @param connections open connections
 * @param names what the metrics call these limits
 */
record Allowance(
    Rate requests,
    Rate newTunnels,
    Rate withoutLogin,
    int exchanges,
    int tunnels,
    int connections,
    Names names) {

  /** A number of things held at once that nobody reaches. */
  static final int NO_LIMIT = Share.MOST;

  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Rate NO_RATE = Rate.of(0, SECOND, 0);

  /** The limits that an allowance is made of. */
  record Names(Limit requests, Limit newTunnels, Limit exchanges, Limit tunnels) {}

  private static final Names OF_ADDRESS =
      new Names(
          Limit.ADDRESS_REQUESTS,
          Limit.ADDRESS_NEW_TUNNELS,
          Limit.ADDRESS_EXCHANGES,
          Limit.ADDRESS_TUNNELS);

  private static final Names OF_PERSON =
      new Names(
          Limit.PERSON_REQUESTS,
          Limit.PERSON_NEW_TUNNELS,
          Limit.PERSON_EXCHANGES,
          Limit.PERSON_TUNNELS);

  static Allowance ofAddress(LimitsConfig config) {
    if (!config.enabled()) {
      return unlimited(OF_ADDRESS);
    }
    LimitsConfig.PerAddress address = config.address();
    return new Allowance(
        Rate.of(address.requestsPerSecond(), SECOND, address.requestBurst()),
        Rate.of(address.newTunnelsPerMinute(), MINUTE, address.newTunnelsPerMinute()),
        Rate.of(address.withoutLoginPerSecond(), SECOND, address.withoutLoginBurst()),
        atMost(address.exchanges()),
        atMost(address.tunnels()),
        atMost(address.connections()),
        OF_ADDRESS);
  }

  static Allowance ofPerson(LimitsConfig config) {
    if (!config.enabled()) {
      return unlimited(OF_PERSON);
    }
    LimitsConfig.PerPerson person = config.person();
    return new Allowance(
        Rate.of(person.requestsPerSecond(), SECOND, person.requestBurst()),
        Rate.of(person.newTunnelsPerMinute(), MINUTE, person.newTunnelsPerMinute()),
        NO_RATE,
        atMost(person.exchanges()),
        atMost(person.tunnels()),
        NO_LIMIT,
        OF_PERSON);
  }

  private static Allowance unlimited(Names names) {
    return new Allowance(NO_RATE, NO_RATE, NO_RATE, NO_LIMIT, NO_LIMIT, NO_LIMIT, names);
  }

  static int atMost(int configured) {
    return configured <= 0 ? NO_LIMIT : Math.min(configured, NO_LIMIT);
  }
}
