package io.berth.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.chaos.invariant.Invariants;
import io.berth.chaos.world.Edge;
import io.berth.chaos.world.Ledger.Row;
import io.berth.chaos.world.Person;
import io.berth.chaos.world.SessionService;
import io.berth.chaos.world.World;
import io.berth.launcher.installation.Checkout;
import io.berth.launcher.process.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Arrays;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@code kill -9} of session-service in each boundary between two effects of a session's life; the
 * one that is started next is killed in the next boundary, and in between all must be well.
 */
class CrashAtEveryBoundaryIT {

  private static final String TYPE = World.TYPES.getFirst();
  private static final int DEBUGGER = FreePort.any();

  private static World world;
  private static SessionService service;
  private static Edge edge;
  private static Debugger debugger;
  private static Person[] people;
  private static Invariants invariants;
  private static int next;

  /** All that there are, whoever added them. */
  static Stream<String> boundaries() throws IOException, ClassNotFoundException {
    URL classes = Checkout.find().file("session-service/target/classes").toUri().toURL();
    try (URLClassLoader loader = new URLClassLoader(new URL[] {classes})) {
      Class<?> boundary = loader.loadClass("io.berth.session.lifecycle.Boundary");
      return Arrays.stream(boundary.getEnumConstants()).map(Object::toString).toList().stream();
    }
  }

  @BeforeAll
  static void start() {
    world = TheWorld.get();
    service = world.sessionService(Debugger.option(DEBUGGER));
    edge = world.edge(service.port());
    edge.start();
    people = TheWorld.people(40);
    invariants = TheWorld.invariants(edge, people);
    debugger = startService();
    edge.process().awaitReady();
  }

  @AfterAll
  static void stop() {
    TheWorld.stopAll(service.port(), people);
    service.close();
    edge.close();
  }

  @ParameterizedTest
  @MethodSource("boundaries")
  void aServiceThatIsKilledThereLeavesNothingHalfDone(String boundary) throws Exception {
    int before = live();
    Person person = people[next++];
    int expected = before + bringTo(boundary, person);
    debugger.awaitReached();
    service.process().kill();

    debugger = startService();

    invariants.awaitAll();
    assertThat(live()).as("sessions that live").isEqualTo(expected);
  }

  /** Does what leads there; returns how many more sessions live when all is settled. */
  private static int bringTo(String boundary, Person person) throws Exception {
    return switch (boundary) {
      case "STOP_WRITTEN", "ROUTE_WITHDRAWN", "CONTAINER_REMOVED", "SESSION_ENDED" -> {
        debugger.waitFor(boundary);
        Row running = aSession("running");
        var _ = ownerOf(running).stopping(service.port(), running.id());
        yield -1;
      }
      case "CONTAINER_WITHOUT_PORT_REMOVED", "PORT_CHANGED" -> {
        debugger.waitFor("IMAGE_CHOSEN");
        var _ = person.launching(service.port(), TYPE);
        debugger.awaitReached();
        int port = world.ledger().latest(person.path(TYPE)).orElseThrow().port();
        try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
          debugger.letGoAndWaitFor(boundary);
          debugger.awaitReached();
        }
        yield 1;
      }
      case "ASK_WRITTEN", "CONTAINER_PAUSED" -> {
        debugger.waitFor(boundary);
        ask(aSession("running"), "pause");
        yield 0;
      }
      case "CONTAINER_RESUMED" -> {
        debugger.waitFor(boundary);
        ask(aSession("paused"), "resume");
        yield 0;
      }
      case "CONTAINER_STOPPED" -> {
        debugger.waitFor(boundary);
        ask(aSession("running"), "restart");
        yield 0;
      }
      case "ORPHAN_REMOVED" -> {
        debugger.waitFor(boundary);
        UUID forgotten = aSession("running").id();
        world.ledger().update("DELETE FROM routes WHERE session_id = '%s'".formatted(forgotten));
        world.ledger().update("DELETE FROM containers WHERE id = '%s'".formatted(forgotten));
        yield -1;
      }
      case "ROUTE_REPAIRED" -> {
        debugger.waitFor(boundary);
        UUID unreachable = aSession("running").id();
        world.ledger().update("DELETE FROM routes WHERE session_id = '%s'".formatted(unreachable));
        yield 0;
      }
      case "RESTART_WRITTEN" -> {
        debugger.waitFor(boundary);
        world.engine().kill();
        world.engine().start();
        yield 0;
      }
      default -> {
        debugger.waitFor(boundary);
        var _ = person.launching(service.port(), TYPE);
        yield 1;
      }
    };
  }

  private static void ask(Row session, String move) {
    var _ = ownerOf(session).asking(service.port(), session.id(), move);
  }

  private static Debugger startService() {
    service.start();
    Debugger attached = Debugger.attach(DEBUGGER);
    service.process().awaitReady();
    return attached;
  }

  private static int live() {
    return (int) world.ledger().sessions().stream().filter(Row::isLive).count();
  }

  private static Row aSession(String status) {
    return world.ledger().sessions().stream()
        .filter(row -> row.status().equals(status))
        .findFirst()
        .orElseThrow();
  }

  private static Person ownerOf(Row row) {
    return Arrays.stream(people)
        .filter(person -> person.id().toString().equals(row.owner()))
        .findFirst()
        .orElseThrow();
  }
}
