package io.berth.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.chaos.invariant.Invariants;
import io.berth.chaos.world.Edge;
import io.berth.chaos.world.Ledger.Row;
import io.berth.chaos.world.Person;
import io.berth.chaos.world.SessionService;
import io.berth.chaos.world.Waiting;
import io.berth.chaos.world.World;
import io.berth.launcher.process.FreePort;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two replicas of session-service at once, one of which stands still past its lease. */
class ReplicasIT {

  private static final String TYPE = World.TYPES.getFirst();

  /** A replica and the debugger at it. */
  private record Replica(SessionService service, Debugger debugger) {

    static Replica start(World world) {
      int port = FreePort.any();
      SessionService service = world.sessionService(Debugger.option(port));
      service.start();
      Debugger debugger = Debugger.attach(port);
      service.process().awaitReady();
      return new Replica(service, debugger);
    }
  }

  private static World world;
  private static Replica one;
  private static Replica other;
  private static Edge edge;
  private static Person[] people;
  private static Invariants invariants;
  private static int next;

  @BeforeAll
  static void start() {
    world = TheWorld.get();
    one = Replica.start(world);
    other = Replica.start(world);
    edge = world.edge(one.service().port());
    edge.start().awaitReady();
    people = TheWorld.people(20);
    invariants = TheWorld.invariants(edge, people);
  }

  @AfterAll
  static void stop() {
    TheWorld.stopAll(one.service().port(), people);
    one.service().close();
    other.service().close();
    edge.close();
  }

  @ParameterizedTest
  @CsvSource({
    "LEASE_TAKEN, keeps",
    "IMAGE_CHOSEN, stops",
    "CONTAINER_CREATED, stops",
    "CONTAINER_STARTED, keeps",
    "DESKTOP_ANSWERED, stops",
    "ROUTE_PUBLISHED, keeps"
  })
  void aWorkerThatStoodStillPastItsLeaseDoublesNothing(String boundary, String wish)
      throws Exception {
    Person person = people[next++];
    one.debugger().waitFor(boundary);
    other.debugger().waitFor(boundary);
    var _ = person.launching(one.service().port(), TYPE);
    Waiting.until(
        "a worker at " + boundary,
        () -> one.debugger().hasReached() || other.debugger().hasReached());
    Replica stalled = one.debugger().hasReached() ? one : other;
    Replica taker = stalled.equals(one) ? other : one;
    stalled.service().process().stop();
    taker.debugger().letGo();
    Row running = TheWorld.await(person, "running");
    if (wish.equals("stops")) {
      person.stop(taker.service().port(), running.id());
      TheWorld.await(person, "stopped");
    }

    stalled.service().process().goOn();
    stalled.debugger().letGo();

    assertThat(person.launch(stalled.service().port(), TYPE).status())
        .as("the one that stood still answers again")
        .isIn(200, 201);
    Row now = TheWorld.await(person, "running");
    assertThat(now.id().equals(running.id())).isEqualTo(wish.equals("keeps"));
    invariants.awaitAll();
  }

  @Test
  void askingBothReplicasAtOnceGivesOneDesktop() {
    List<CompletableFuture<Person.Answer>> answers = new ArrayList<>();
    List<Person> asking = List.of(people).subList(10, 14);
    for (Person person : asking) {
      for (int i = 0; i < 3; i++) {
        answers.add(person.launching(one.service().port(), TYPE));
        answers.add(person.launching(other.service().port(), TYPE));
      }
    }

    List<Integer> statuses = answers.stream().map(answer -> answer.join().status()).toList();

    assertThat(statuses).filteredOn(status -> status == 201).hasSize(asking.size());
    assertThat(statuses).containsOnly(200, 201);
    asking.forEach(person -> TheWorld.await(person, "running"));
    invariants.awaitAll();
  }
}
