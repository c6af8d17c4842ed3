package io.berth.proxy.limit;

import java.net.InetAddress;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Who has how much of the edge, and who has enough. */
public final class Limits {

  private final int mostConnections;
  private final Consumer<Limit> met;
  private final AtomicInteger connections = new AtomicInteger();
  private final Shares<Long> addresses;
  private final Shares<String> persons;

  /**
   * @param met hears of each limit that was met, for the counters
   */
  public Limits(LimitsConfig config, Consumer<Limit> met) {
    this.met = met;
    mostConnections =
        config.enabled() ? Allowance.atMost(config.connections()) : Allowance.NO_LIMIT;
    Allowance ofAddress = Allowance.ofAddress(config);
    Allowance ofPerson = Allowance.ofPerson(config);
    addresses =
        new Shares<>(config.remembered(), () -> new Share(ofAddress, met, System.nanoTime()));
    persons = new Shares<>(config.remembered(), () -> new Share(ofPerson, met, System.nanoTime()));
  }

  /**
   * A connection was accepted.
   *
   * @param proxy whether a trusted proxy is at the other end, for many addresses at once
   */
  public Admission<ConnectionPlace> connect(InetAddress peer, boolean proxy) {
    Share address = addresses.begin(AddressKey.of(peer), Share.CONNECTION);
    ConnectionPlace place = new ConnectionPlace(this, address, proxy);
    Refusal refusal = null;
    if (connections.incrementAndGet() > mostConnections) {
      met.accept(Limit.CONNECTIONS);
      refusal = new Refusal(Limit.CONNECTIONS, Refusal.WHEN_HELD);
    } else if (!proxy) {
      refusal = address.refuseConnection();
    }
    if (refusal == null) {
      return new Admission.Admitted<>(place);
    }
    place.leave();
    return new Admission.Refused<>(refusal);
  }

  void disconnected(Share peer) {
    peer.end(Share.CONNECTION);
    connections.decrementAndGet();
  }

  Share ofAddress(long key) {
    return addresses.begin(key, Share.EXCHANGE);
  }

  /** A person's share with one more request counted in it, to be ended by the caller. */
  public Share beginExchange(String subject) {
    return persons.begin(subject, Share.EXCHANGE);
  }

  /** A person opens a WebSocket by a request that is counted in both shares. */
  public Admission<TunnelPlace> openTunnel(Share address, Share person, long now) {
    address.begin(Share.TUNNEL);
    person.begin(Share.TUNNEL);
    TunnelPlace place = new TunnelPlace(address, person);
    Refusal refusal = person.refuseTunnel(now);
    if (refusal == null) {
      refusal = address.refuseTunnel(now);
    }
    if (refusal == null) {
      return new Admission.Admitted<>(place);
    }
    place.leave();
    return new Admission.Refused<>(refusal);
  }

  /** Open connections of everybody. */
  public int connections() {
    return connections.get();
  }

  /** Addresses and persons in memory. */
  public int remembered() {
    return addresses.size() + persons.size();
  }
}
