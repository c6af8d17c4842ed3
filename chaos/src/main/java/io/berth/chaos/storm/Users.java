package io.berth.chaos.storm;

import io.berth.chaos.world.Edge;
import io.berth.chaos.world.Ledger.Row;
import io.berth.chaos.world.Person;
import io.berth.chaos.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * People who launch, use, pause and stop their desktops, and try others', each on a thread of its
 * own; while the gate is closed they rest.
 */
final class Users {

  private final Fleet fleet;
  private final ReentrantReadWriteLock gate = new ReentrantReadWriteLock(true);
  private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
  private final AtomicInteger deeds = new AtomicInteger();
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean over;

  Users(Fleet fleet, long seed) {
    this.fleet = fleet;
    for (Person person : fleet.people()) {
      Random random = new Random(seed + person.slug().hashCode());
      threads.add(Thread.ofPlatform().name(person.slug()).start(() -> live(person, random)));
    }
  }

  /** Returns when everybody rests; what they wait for at this moment, they give up. */
  void closeGate() {
    threads.forEach(Thread::interrupt);
    gate.writeLock().lock();
  }

  void openGate() {
    gate.writeLock().unlock();
  }

  /** How much was done so far. */
  int deeds() {
    return deeds.get();
  }

  /** What nobody should ever see, whatever is killed. */
  List<String> wrong() {
    return List.copyOf(wrong);
  }

  void end() throws InterruptedException {
    over = true;
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private void live(Person person, Random random) {
    while (!over) {
      gate.readLock().lock();
      try {
        act(person, random);
        deeds.incrementAndGet();
      } catch (IllegalStateException e) {
        // PostgreSQL, which the ledger reads, is away.
      } finally {
        gate.readLock().unlock();
      }
      try {
        TimeUnit.MILLISECONDS.sleep(100 + random.nextInt(400));
      } catch (InterruptedException e) {
        // The gate closes.
      }
    }
  }

  private void act(Person person, Random random) {
    String type = World.TYPES.get(random.nextInt(World.TYPES.size()));
    int service = fleet.services().get(random.nextInt(fleet.services().size())).port();
    Edge edge = fleet.edges().get(random.nextInt(fleet.edges().size()));
    switch (random.nextInt(10)) {
      case 0, 1, 2 -> person.launch(service, type);
      case 3 -> latest(person, type).ifPresent(id -> person.stop(service, id));
      case 4 -> move(person, type, service, "pause");
      case 5 -> move(person, type, service, "resume");
      case 6 -> tryAnothers(person, type, edge, random);
      default -> use(person, type, edge);
    }
  }

  private Optional<UUID> latest(Person person, String type) {
    return fleet.world().ledger().latest(person.path(type)).filter(Row::isLive).map(Row::id);
  }

  private void move(Person person, String type, int service, String move) {
    latest(person, type)
        .ifPresent(id -> person.ask("POST", service, "/sessions/%s/%s".formatted(id, move), null));
  }

  /** Only its owner ever wrote into its home. */
  private void use(Person person, String type, Edge edge) {
    Person.Answer note = person.visit(edge.port(), person.path(type), "/note");
    if (note.status() == 200 && !note.body().isEmpty() && !note.body().equals(person.slug())) {
      wrong.add("%s finds the home of %s".formatted(person, note.body()));
    } else if (note.status() == 200 && note.body().isEmpty()) {
      person.note(edge.port(), person.path(type), person.slug());
    }
  }

  private void tryAnothers(Person person, String type, Edge edge, Random random) {
    Person other = fleet.people().get(random.nextInt(fleet.people().size()));
    if (!other.equals(person)) {
      int status = person.visit(edge.port(), other.path(type), "/who").status();
      if (status == 200) {
        wrong.add("%s reaches the desktop of %s".formatted(person, other));
      }
    }
  }
}
