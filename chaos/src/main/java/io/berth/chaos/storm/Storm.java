package io.berth.chaos.storm;

import io.berth.chaos.world.Waiting;
import io.berth.chaos.world.World;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * Strikes while people work, each kind once before any comes again, and after each lets them rest
 * and waits until all invariants hold. The seed decides the plan; what is hit in which moment is
 * chance.
 */
public final class Storm {

  private static final int MOST_SECONDS_OF_PEACE = 3;

  private final World world;
  private final long seed;
  private final PrintStream out;

  public Storm(World world, long seed, PrintStream out) {
    this.world = world;
    this.seed = seed;
    this.out = out;
  }

  /** What a storm left. */
  public record Outcome(Recoveries recoveries, int deeds, int blows) {}

  /**
   * Runs for about so long.
   *
   * @throws AssertionError if something does not become well, or somebody saw what they must not
   */
  public Outcome run(Duration duration) throws InterruptedException {
    out.printf("chaos: seed %d, %d s%n", seed, duration.toSeconds());
    Random random = new Random(seed);
    Recoveries recoveries = new Recoveries();
    Instant end = Instant.now().plus(duration);
    int blows = 0;
    try (Fleet fleet = new Fleet(world)) {
      Users users = new Users(fleet, seed);
      Deque<Blow> deck = new ArrayDeque<>();
      try {
        while (Instant.now().isBefore(end)) {
          if (deck.isEmpty()) {
            deck.addAll(shuffled(random));
          }
          TimeUnit.MILLISECONDS.sleep(1_000L * random.nextInt(1, MOST_SECONDS_OF_PEACE + 1));
          Blow blow = deck.pop();
          Duration time = strike(fleet, users, blow, random);
          recoveries.add(blow, time);
          blows++;
          out.printf("chaos: %-28s well after %5.1f s%n", blow, time.toMillis() / 1e3);
        }
        users.closeGate();
        fleet.invariants().awaitAll();
        users.openGate();
      } catch (AssertionError e) {
        throw new AssertionError("seed %d: %s".formatted(seed, e.getMessage()), e);
      } finally {
        users.end();
        stopAll(fleet);
      }
      if (!users.wrong().isEmpty()) {
        throw new AssertionError("seed %d: %s".formatted(seed, users.wrong()));
      }
      return new Outcome(recoveries, users.deeds(), blows);
    }
  }

  private static Duration strike(Fleet fleet, Users users, Blow blow, Random random)
      throws InterruptedException {
    Instant struck = Instant.now();
    blow.strike(fleet, random);
    users.closeGate();
    try {
      fleet.invariants().awaitAll();
      return Duration.between(struck, Instant.now());
    } catch (AssertionError e) {
      throw new AssertionError("after %s: %s".formatted(blow, e.getMessage()), e);
    } finally {
      users.openGate();
    }
  }

  private static List<Blow> shuffled(Random random) {
    List<Blow> all = new ArrayList<>(List.of(Blow.values()));
    Collections.shuffle(all, random);
    return all;
  }

  private static void stopAll(Fleet fleet) {
    fleet.world().ledger().sessions().stream()
        .filter(row -> row.isLive())
        .forEach(row ->
            fleet.people().stream()
                .filter(person -> person.id().toString().equals(row.owner()))
                .forEach(person -> person.stop(fleet.services().getFirst().port(), row.id())));
    Waiting.until(
        "all sessions have ended",
        () -> fleet.world().ledger().sessions().stream().noneMatch(row -> row.isLive()));
  }
}
