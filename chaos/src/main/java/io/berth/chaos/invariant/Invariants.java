package io.berth.chaos.invariant;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.Ports;
import io.berth.chaos.desktop.ChaosDesktop;
import io.berth.chaos.world.Ledger.RouteRow;
import io.berth.chaos.world.Ledger.Row;
import io.berth.chaos.world.Person;
import io.berth.chaos.world.Waiting;
import io.berth.chaos.world.World;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Compares rows, containers, volumes, networks, ports and routes, and visits every desktop. */
public final class Invariants {

  private static final String SESSION = "berth.session";
  private static final String OWNER = "berth.owner";

  private final World world;
  private final List<Integer> edges;
  private final Map<String, Person> people;

  /**
   * @param edges ports of the edges that run
   * @param people everybody who may have a desktop
   */
  public Invariants(World world, List<Integer> edges, Collection<Person> people) {
    this.world = world;
    this.edges = List.copyOf(edges);
    this.people = new HashMap<>();
    people.forEach(person -> this.people.put(person.id().toString(), person));
  }

  /** Returns once all hold, or says which do not. */
  public void awaitAll() {
    List<List<String>> last = new ArrayList<>(List.of(List.of()));
    Waiting.until(
        () -> String.join("\n", last.getFirst()),
        () -> {
          last.set(0, violations());
          return last.getFirst().isEmpty();
        });
  }

  /** What does not hold at this moment; nothing is settled while workers are at work. */
  public List<String> violations() {
    List<String> wrong = new ArrayList<>();
    List<Row> rows = world.ledger().sessions();
    rows.stream().filter(row -> !row.isResting()).forEach(row -> wrong.add("on its way: " + row));
    if (wrong.isEmpty()) {
      containers(rows, wrong);
      routes(rows, wrong);
      ports(rows, wrong);
      volumesAndNetworks(wrong);
    }
    if (wrong.isEmpty()) {
      rows.stream().filter(row -> row.status().equals("running")).forEach(row -> visit(row, wrong));
    }
    return wrong;
  }

  private void containers(List<Row> rows, List<String> wrong) {
    Map<String, List<InspectContainerResponse>> bySession = new HashMap<>();
    for (Container each :
        world
            .docker()
            .listContainersCmd()
            .withShowAll(true)
            .withLabelFilter(Map.of("berth.instance", world.instance()))
            .exec()) {
      try {
        bySession
            .computeIfAbsent(
                String.valueOf(each.getLabels().get(SESSION)), any -> new ArrayList<>())
            .add(world.docker().inspectContainerCmd(each.getId()).exec());
      } catch (NotFoundException e) {
        wrong.add("a container went in this moment: " + each.getId());
      }
    }
    for (Row row : rows) {
      List<InspectContainerResponse> its = bySession.remove(row.id().toString());
      int count = its == null ? 0 : its.size();
      if (count != (row.isLive() ? 1 : 0)) {
        wrong.add("%d containers of %s".formatted(count, row));
      } else if (its != null && row.status().equals("running")) {
        InspectContainerResponse container = its.getFirst();
        if (!Boolean.TRUE.equals(container.getState().getRunning())) {
          wrong.add("its container does not run: " + row);
        }
        if (!publishedPorts(container).equals(Set.of(row.port()))) {
          wrong.add("its container has ports %s: %s".formatted(publishedPorts(container), row));
        }
      }
    }
    bySession.keySet().forEach(session -> wrong.add("a container of no session: " + session));
  }

  private static Set<Integer> publishedPorts(InspectContainerResponse container) {
    Ports ports = container.getHostConfig().getPortBindings();
    return ports.getBindings().values().stream()
        .filter(Objects::nonNull)
        .flatMap(Arrays::stream)
        .map(binding -> Integer.parseInt(binding.getHostPortSpec()))
        .collect(Collectors.toSet());
  }

  private void routes(List<Row> rows, List<String> wrong) {
    Map<UUID, Row> running =
        rows.stream()
            .filter(row -> row.status().equals("running"))
            .collect(Collectors.toMap(Row::id, row -> row));
    for (RouteRow route : world.ledger().routes()) {
      Row row = running.remove(route.session());
      if (row == null) {
        wrong.add("of no running session: " + route);
      } else if (row.port() != route.port()
          || row.generation() != route.generation()
          || !route.password().equals(row.password())
          || !route.path().equals(row.path())) {
        wrong.add("%s is not as %s".formatted(route, row));
      }
    }
    running.values().forEach(row -> wrong.add("without a route: " + row));
  }

  /** A port is taken on the host exactly if its row's container has it. */
  private void ports(List<Row> rows, List<String> wrong) {
    List<Integer> live = rows.stream().filter(Row::isLive).map(Row::port).toList();
    if (Set.copyOf(live).size() != live.size()) {
      wrong.add("a port is two sessions': " + live);
    }
    for (int port = world.firstPort(); port <= world.lastPort(); port++) {
      if (!live.contains(port) && isTaken(port)) {
        wrong.add("port %d is taken, by no session".formatted(port));
      }
    }
  }

  private static boolean isTaken(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  private void volumesAndNetworks(List<String> wrong) {
    Set<String> owners =
        Set.copyOf(world.ledger().list("SELECT owner_id FROM homes", row -> row.getString(1)));
    world
        .docker()
        .listVolumesCmd()
        .withFilter("label", List.of("berth.instance=" + world.instance()))
        .exec()
        .getVolumes()
        .forEach(volume -> {
          String owner = volume.getLabels().get(OWNER);
          if (owner == null || !owners.contains(owner)) {
            wrong.add("a volume of nobody: " + volume.getName());
          }
        });
    List<String> networks =
        world.docker().listNetworksCmd().withNameFilter("berth-" + world.instance()).exec().stream()
            .map(network -> network.getName())
            .toList();
    if (Set.copyOf(networks).size() != networks.size()) {
      wrong.add("a network is there twice: " + networks);
    }
  }

  /** Its owner reaches it and nothing else there; nobody else does. */
  private void visit(Row row, List<String> wrong) {
    Person owner = Objects.requireNonNull(people.get(row.owner()), row.owner());
    String expected = ChaosDesktop.digest(Objects.requireNonNull(row.password()));
    for (int edge : edges) {
      Person.Answer answer = owner.visit(edge, row.path(), "/who");
      if (answer.status() != 200) {
        wrong.add("its edge answers %d: %s".formatted(answer.status(), row));
      } else if (!answer.body().equals(expected)) {
        wrong.add("another desktop answers in the place of " + row);
      }
      people.values().stream()
          .filter(person -> !person.equals(owner))
          .findFirst()
          .filter(other -> other.visit(edge, row.path(), "/who").status() != 404)
          .ifPresent(other -> wrong.add("%s reaches %s".formatted(other, row)));
    }
  }
}
