package io.berth.bench;

import io.berth.bench.berth.EdgeSettings;
import io.berth.bench.measure.Scale;
import java.util.List;

/**
 * What a run is asked to do.
 *
 * @param rounds to take the median of
 * @param scale how much is measured in each
 * @param peers names of those to compare; empty means all
 * @param measures words of which one is in a wanted measure's name; empty means all
 * @param edge how Berth's edge is run
 */
record Plan(int rounds, Scale scale, List<String> peers, List<String> measures, EdgeSettings edge) {

  Plan {
    peers = List.copyOf(peers);
    measures = List.copyOf(measures);
  }

  boolean wantsPeer(String name) {
    return peers.isEmpty() || peers.contains(name);
  }

  boolean wantsMeasure(String name) {
    return measures.isEmpty() || measures.stream().anyMatch(name::contains);
  }
}
