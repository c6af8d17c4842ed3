package io.berth.bench.peer;

import java.util.Optional;

/** Nothing in between: what load and upstream can do at most. */
public final class Direct implements Peer {

  /** Its name. */
  public static final String NAME = "direct";

  private final Site site;

  public Direct(Site site) {
    this.site = site;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Optional<String> version() {
    return Optional.of("Netty");
  }

  @Override
  public RunningPeer start() {
    return RunningPeer.none(site.upstreamPort());
  }
}
