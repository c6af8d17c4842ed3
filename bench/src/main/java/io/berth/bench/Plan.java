package io.berth.bench;

import io.berth.bench.berth.EdgeSettings;
import io.berth.bench.measure.Scale;
import io.berth.launcher.installation.Checkout;
import java.util.List;

/**
 * What a run is asked to do.
 *
 * @param rounds to take the median of
 * @param scale how much is measured in each
 * @param peers names of those to compare; empty means all
 * @param measures words of which one is in a wanted measure's name; empty means all
 * @param checkout whose migrations the database gets
 * @param edges how Berth's edges are run
 */
record Plan(
    int rounds,
    Scale scale,
    List<String> peers,
    List<String> measures,
    Checkout checkout,
    List<EdgeSettings> edges) {

  Plan {
    peers = List.copyOf(peers);
    measures = List.copyOf(measures);
    List<String> wanted = peers;
    edges =
        edges.stream().filter(edge -> wanted.isEmpty() || wanted.contains(edge.name())).toList();
  }

  boolean wantsPeer(String name) {
    return peers.isEmpty() || peers.contains(name);
  }

  boolean wantsMeasure(String name) {
    return measures.isEmpty() || measures.stream().anyMatch(name::contains);
  }
}
