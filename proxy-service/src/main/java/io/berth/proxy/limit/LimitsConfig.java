package io.berth.proxy.limit;

import io.smallrye.config.WithDefault;

/**
 * How much an address and a person may take. The defaults let an office behind one address work and
 * stop one client from taking the edge for itself; 0 switches a limit off.
 */
public interface LimitsConfig {

  /** Whether any limit holds; what is used is counted anyway. */
  @WithDefault("true")
  boolean enabled();

  /** Client connections of everybody together, a number; the next one is closed. */
  @WithDefault("20000")
  int connections();

  /**
   * Addresses, and as many persons, that are remembered while they use nothing, a number. About 150
   * bytes each; who is forgotten begins with full allowances.
   */
  @WithDefault("32768")
  int remembered();

  /** Limits of one client address: an IPv4 address, or the 64 bits of an IPv6 network. */
  PerAddress address();

  /** Limits of one person, whatever addresses they come from. */
  PerPerson person();

  /** Limits of one client address. */
  interface PerAddress {

    /** Requests per second that may go on for ever, a number. */
    @WithDefault("1000")
    int requestsPerSecond();

    /** Requests that may come at once after a pause, a number. */
    @WithDefault("5000")
    int requestBurst();

    /** Requests under way at once, a number. */
    @WithDefault("2048")
    int exchanges();

    /** Open connections, WebSockets included, a number; trusted proxies have no such limit. */
    @WithDefault("4096")
    int connections();

    /** Open WebSockets, a number. */
    @WithDefault("2048")
    int tunnels();

    /** WebSockets opened per minute, a number; as many may come at once after a pause. */
    @WithDefault("6000")
    int newTunnelsPerMinute();

    /**
     * Requests per second without a good login, a number: what is refused for want of one, and what
     * signing in takes. Logins that the edge has seen before are not held up by it.
     */
    @WithDefault("50")
    int withoutLoginPerSecond();

    /** Such requests that may come at once after a pause, a number. */
    @WithDefault("1000")
    int withoutLoginBurst();
  }

  /** Limits of one person. */
  interface PerPerson {

    /** Requests per second that may go on for ever, a number. */
    @WithDefault("200")
    int requestsPerSecond();

    /** Requests that may come at once after a pause, a number. */
    @WithDefault("1000")
    int requestBurst();

    /** Requests under way at once, a number. */
    @WithDefault("256")
    int exchanges();

    /** Open WebSockets, a number. */
    @WithDefault("128")
    int tunnels();

    /** WebSockets opened per minute, a number; as many may come at once after a pause. */
    @WithDefault("240")
    int newTunnelsPerMinute();
  }
}
