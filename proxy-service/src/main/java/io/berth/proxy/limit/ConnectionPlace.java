package io.berth.proxy.limit;

import java.util.concurrent.atomic.AtomicInteger;

/** A connection's place; its address stays known as long as it is held. */
public final class ConnectionPlace {

  private final Share address;
  private final AtomicInteger all;

  ConnectionPlace(Share address, AtomicInteger all) {
    this.address = address;
    this.all = all;
  }

  /** The share of the address at the other end. */
  public Share address() {
    return address;
  }

  /** Gives the place back. */
  public void leave() {
    address.end(Share.CONNECTION);
    all.decrementAndGet();
  }
}
