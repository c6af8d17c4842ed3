package io.berth.bench.measure;

import io.berth.bench.load.RequestLoad;
import io.berth.bench.load.RoundTripLoad;
import io.berth.bench.load.StreamLoad;

/** Every kind of traffic once, before anything counts: JVMs compile, pools fill, on both sides. */
public final class WarmUp {

  private WarmUp() {}

  /** Warms a peer up, and load and upstream with it. */
  public static void of(Contender contender) {
    Lab lab = contender.lab();
    RequestLoad.small(lab.wire(), contender.target())
        .run(SmallRequests.CONNECTIONS, lab.scale().warmUp());
    RoundTripLoad.run(lab.wire(), contender.target(), RoundTrips.CONNECTIONS, lab.scale().warmUp());
    RequestLoad.large(lab.wire(), contender.target())
        .run(Downloads.CONNECTIONS, lab.scale().warmUp().dividedBy(2));
    StreamLoad.run(
        lab.wire(), contender.target(), Stream.CONNECTIONS, lab.scale().warmUp().dividedBy(2));
  }
}
