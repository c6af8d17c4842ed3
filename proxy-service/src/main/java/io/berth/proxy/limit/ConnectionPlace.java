package io.berth.proxy.limit;

import org.jspecify.annotations.Nullable;

/** A connection's place; its address stays known as long as it is held. */
public final class ConnectionPlace {

  private final Limits limits;
  private final Share peer;
  private final boolean proxy;

  ConnectionPlace(Limits limits, Share peer, boolean proxy) {
    this.limits = limits;
    this.peer = peer;
    this.proxy = proxy;
  }

  /**
   * The share of the address that a request comes from, with one more request counted in it, to be
   * ended by the caller. It is the peer's, or what a trusted proxy says; what is no address counts
   * as the proxy's own.
   *
   * @param address whom the request is from
   */
  public Share beginExchange(String address) {
    @Nullable Long said = proxy ? AddressKey.of(address) : null;
    return said == null ? peer.beginExchange() : limits.ofAddress(said);
  }

  /** Gives the place back. */
  public void leave() {
    limits.disconnected(peer);
  }

  Share peer() {
    return peer;
  }
}
