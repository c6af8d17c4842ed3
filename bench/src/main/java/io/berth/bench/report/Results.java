package io.berth.bench.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedSet;

/** All readings of a run, by figure and peer, and what gave none. */
public final class Results {

  private final List<String> peers;
  private final Map<Figure, Map<String, List<Double>>> rounds = new LinkedHashMap<>();
  private final SequencedSet<Failure> failures = new LinkedHashSet<>();

  /** For these peers, in the table's order. */
  public Results(List<String> peers) {
    this.peers = List.copyOf(peers);
  }

  /**
   * A measurement that gave no number.
   *
   * @param reason what was wrong
   */
  public record Failure(int round, String measure, String peer, String reason) {}

  public void add(String peer, Figure.Reading reading) {
    rounds
        .computeIfAbsent(reading.figure(), _ -> new LinkedHashMap<>())
        .computeIfAbsent(peer, _ -> new ArrayList<>())
        .add(reading.value());
  }

  public void fail(Failure failure) {
    failures.add(failure);
  }

  public List<String> peers() {
    return peers;
  }

  public Collection<Figure> figures() {
    return rounds.keySet();
  }

  public Collection<Failure> failures() {
    return failures;
  }

  /** What each round gave. */
  public List<Double> rounds(Figure figure, String peer) {
    return Optional.ofNullable(rounds.get(figure))
        .map(byPeer -> byPeer.get(peer))
        .map(List::copyOf)
        .orElse(List.of());
  }

  /** The middle of the rounds. */
  public OptionalDouble median(Figure figure, String peer) {
    return median(rounds(figure, peer));
  }

  /** The middle value, or the mean of the two in the middle. */
  static OptionalDouble median(List<Double> values) {
    if (values.isEmpty()) {
      return OptionalDouble.empty();
    }
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
    Arrays.sort(sorted);
    int half = sorted.length / 2;
    return OptionalDouble.of(
        sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2);
  }

  /** One peer's median divided by another's; nothing where either is missing or the other is 0. */
  public OptionalDouble ratio(Figure figure, String peer, String other) {
    OptionalDouble own = median(figure, peer);
    OptionalDouble others = median(figure, other);
    return own.isEmpty() || others.isEmpty() || others.getAsDouble() == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(own.getAsDouble() / others.getAsDouble());
  }
}
