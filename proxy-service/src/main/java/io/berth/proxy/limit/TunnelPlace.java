package io.berth.proxy.limit;

/** A WebSocket's place in what its person and its address may have; given back once. */
public final class TunnelPlace {

  private final Share address;
  private final Share person;

  TunnelPlace(Share address, Share person) {
    this.address = address;
    this.person = person;
  }

  /** Gives the place back. */
  public void leave() {
    address.end(Share.TUNNEL);
    person.end(Share.TUNNEL);
  }
}
