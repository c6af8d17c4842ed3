package io.berth.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.chaos.invariant.Invariants;
import io.berth.chaos.world.Edge;
import io.berth.chaos.world.Ledger.Row;
import io.berth.chaos.world.Person;
import io.berth.chaos.world.SessionService;
import io.berth.chaos.world.Waiting;
import io.berth.chaos.world.World;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The end of PostgreSQL, of the engine, of the edge, and of the whole host. */
class OutageIT {

  private static final String TYPE = World.TYPES.getFirst();

  private static World world;
  private static SessionService service;
  private static Edge edge;
  private static Person[] people;
  private static Invariants invariants;

  @BeforeAll
  static void start() {
    world = TheWorld.get();
    service = world.sessionService();
    edge = world.edge(service.port());
    service.start();
    edge.start();
    service.process().awaitReady();
    edge.process().awaitReady();
    people = TheWorld.people(20);
    invariants = TheWorld.invariants(edge, people);
  }

  @AfterAll
  static void stop() {
    TheWorld.stopAll(service.port(), people);
    service.close();
    edge.close();
  }

  @Test
  void whilePostgresIsDeadDesktopsAreReachedAndAfterwardsLaunched() {
    Person person = people[0];
    Row running = launched(person);
    world.killPostgres();
    try {
      assertThat(person.visit(edge.port(), running.path(), "/who").status()).isEqualTo(200);
    } finally {
      world.postgres().start();
    }

    Waiting.until(
        "a launch works", () -> people[1].launch(service.port(), TYPE).status() / 100 == 2);

    TheWorld.await(people[1], "running");
    assertThat(world.ledger().session(running.id()).orElseThrow().status()).isEqualTo("running");
    invariants.awaitAll();
  }

  @Test
  void aDesktopThatItsEngineTookAlongComesBackInTheSameSession() {
    Person person = people[2];
    Row before = launched(person);
    assertThat(person.note(edge.port(), before.path(), "kept").status()).isEqualTo(200);
    world.engine().kill();

    world.engine().start();

    invariants.awaitAll();
    Row after = world.ledger().session(before.id()).orElseThrow();
    assertThat(after.status()).isEqualTo("running");
    assertThat(person.visit(edge.port(), before.path(), "/note").body()).isEqualTo("kept");
  }

  @Test
  void aDesktopThatItsPersonShutDownStaysDown() {
    Person person = people[3];
    Row row = launched(person);
    person.visit(edge.port(), row.path(), "/exit?0");
    TheWorld.await(person, "stopped");
    invariants.awaitAll();
  }

  @Test
  void afterTheHostLostItsPowerEverythingIsAsPeopleLeftIt() {
    Person person = people[4];
    Row running = launched(person);
    Row resting = launched(people[5]);
    people[5].ask("POST", service.port(), "/sessions/%s/pause".formatted(resting.id()), null);
    TheWorld.await(people[5], "paused");
    assertThat(person.note(edge.port(), running.path(), "kept").status()).isEqualTo(200);
    service.process().kill();
    edge.process().kill();
    world.engine().killWithContainers();
    world.killPostgres();

    world.postgres().start();
    world.engine().start();
    service.start().awaitReady();
    edge.start().awaitReady();

    invariants.awaitAll();
    assertThat(world.ledger().session(running.id()).orElseThrow().status()).isEqualTo("running");
    assertThat(world.ledger().session(resting.id()).orElseThrow().status()).isEqualTo("paused");
    assertThat(person.visit(edge.port(), running.path(), "/note").body()).isEqualTo("kept");
    people[5].launch(service.port(), TYPE);
    TheWorld.await(people[5], "running");
    invariants.awaitAll();
  }

  @Test
  void anEdgeThatWasKilledKnowsAllDesktopsAgain() {
    Row running = launched(people[6]);
    edge.process().kill();

    edge.start().awaitReady();

    assertThat(people[6].visit(edge.port(), running.path(), "/who").status()).isEqualTo(200);
  }

  private static Row launched(Person person) {
    assertThat(person.launch(service.port(), TYPE).status()).isIn(200, 201);
    return TheWorld.await(person, "running");
  }
}
