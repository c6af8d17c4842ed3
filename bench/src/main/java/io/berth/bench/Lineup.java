package io.berth.bench;

import io.berth.bench.berth.BerthEdge;
import io.berth.bench.berth.EdgeSettings;
import io.berth.bench.berth.Platform;
import io.berth.bench.peer.Caddy;
import io.berth.bench.peer.ConfigurableHttpProxy;
import io.berth.bench.peer.Direct;
import io.berth.bench.peer.Haproxy;
import io.berth.bench.peer.Nginx;
import io.berth.bench.peer.Peer;
import io.berth.bench.peer.Site;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * Who takes part.
 *
 * @param present in the table's order
 * @param versions of those, by name
 * @param skipped why others don't, by name
 */
record Lineup(
    List<Peer> present, SequencedMap<String, String> versions, Map<String, String> skipped) {

  private static final String NOT_BUILT = "proxy-service is not built";

  /** Looks who is wanted and installed. */
  static Lineup find(Plan plan, Site site, Optional<Platform> platform) {
    Lineup lineup = new Lineup(new ArrayList<>(), new LinkedHashMap<>(), new LinkedHashMap<>());
    List<Peer> all =
        List.of(
            new Direct(site),
            new Nginx(site),
            new Haproxy(site),
            new Caddy(site),
            new ConfigurableHttpProxy(site));
    for (Peer peer : all) {
      if (plan.wantsPeer(peer.name())) {
        lineup.take(peer, "not installed (--install does so on Debian, as root; c-h-p needs npm)");
      }
    }
    for (EdgeSettings edge : plan.edges()) {
      platform.ifPresentOrElse(
          there -> lineup.take(new BerthEdge(site, there, edge), NOT_BUILT),
          () -> lineup.skipped.put(edge.name(), NOT_BUILT));
    }
    return lineup;
  }

  private void take(Peer peer, String otherwise) {
    peer.version()
        .ifPresentOrElse(
            version -> {
              present.add(peer);
              versions.put(peer.name(), version);
            },
            () -> skipped.put(peer.name(), otherwise));
  }

  List<String> names() {
    return List.copyOf(versions.sequencedKeySet());
  }
}
