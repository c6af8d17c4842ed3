package io.berth.chaos;

import io.berth.chaos.invariant.Invariants;
import io.berth.chaos.world.Edge;
import io.berth.chaos.world.Ledger.Row;
import io.berth.chaos.world.Person;
import io.berth.chaos.world.PrivateEngine;
import io.berth.chaos.world.Waiting;
import io.berth.chaos.world.World;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/** One world for all tests of this JVM: an engine of one's own takes a while to make. */
final class TheWorld {

  private static @Nullable World world;

  private TheWorld() {}

  static synchronized World get() {
    Assumptions.assumeTrue(
        PrivateEngine.isPossible(),
        "an engine that may be killed needs root, dockerd and ip: run as root with docker.io and iproute2");
    if (world == null) {
      world = World.make();
    }
    return world;
  }

  static Person[] people(int count) {
    List<Person> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(get().person("person%d".formatted(i)));
    }
    return all.toArray(Person[]::new);
  }

  static Invariants invariants(Edge edge, Person... people) {
    return new Invariants(get(), List.of(edge.port()), List.of(people));
  }

  /** Returns when a person's latest session of the first type is in this state. */
  static Row await(Person person, String status) {
    String path = person.path(World.TYPES.getFirst());
    Waiting.until(
        () -> "%s %s: %s".formatted(path, status, get().ledger().latest(path)),
        () -> get().ledger().latest(path).filter(row -> row.status().equals(status)).isPresent());
    return get().ledger().latest(path).orElseThrow();
  }

  /** Ends what still lives, so that the next class begins with nothing. */
  static void stopAll(int port, Person... people) {
    for (Row row : get().ledger().sessions()) {
      for (Person person : people) {
        if (row.isLive() && row.owner().equals(person.id().toString())) {
          person.stop(port, row.id());
        }
      }
    }
    Waiting.until(
        "all sessions have ended", () -> get().ledger().sessions().stream().noneMatch(Row::isLive));
  }
}
