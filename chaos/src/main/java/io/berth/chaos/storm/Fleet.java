package io.berth.chaos.storm;

import io.berth.chaos.invariant.Invariants;
import io.berth.chaos.world.Edge;
import io.berth.chaos.world.Person;
import io.berth.chaos.world.SessionService;
import io.berth.chaos.world.World;
import java.util.List;
import java.util.stream.IntStream;

/** What runs in a world during a storm: two replicas of session-service, two edges, people. */
final class Fleet implements AutoCloseable {

  private static final int PEOPLE = 4;

  private final World world;
  private final List<SessionService> services;
  private final List<Edge> edges;
  private final List<Person> people;

  Fleet(World world) {
    this.world = world;
    this.services = List.of(world.sessionService(), world.sessionService());
    this.edges =
        List.of(world.edge(services.getFirst().port()), world.edge(services.getLast().port()));
    this.people =
        IntStream.range(0, PEOPLE).mapToObj(i -> world.person("sailor%d".formatted(i))).toList();
    services.forEach(SessionService::start);
    edges.forEach(Edge::start);
    awaitReady();
  }

  void awaitReady() {
    services.forEach(service -> service.process().awaitReady());
    edges.forEach(edge -> edge.process().awaitReady());
  }

  World world() {
    return world;
  }

  List<SessionService> services() {
    return services;
  }

  List<Edge> edges() {
    return edges;
  }

  List<Person> people() {
    return people;
  }

  Invariants invariants() {
    return new Invariants(world, edges.stream().map(Edge::port).toList(), people);
  }

  @Override
  public void close() {
    services.forEach(SessionService::close);
    edges.forEach(Edge::close);
  }
}
