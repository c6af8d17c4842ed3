package io.berth.session.container.docker;

import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.Ports;
import io.berth.session.container.Stranger;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds and removes containers that the port-based application may have left. */
@ApplicationScoped
class Strangers {

  private static final String PREFIX = "kasm-";
  private static final List<String> SOMEBODYS = List.of("berth.", "com.docker.compose.");

  private final Engine engine;

  Strangers(Engine engine) {
    this.engine = engine;
  }

  List<Stranger> list() {
    List<Container> named =
        engine.call(client ->
            client.listContainersCmd().withShowAll(true).withNameFilter(List.of(PREFIX)).exec());
    return named.stream()
        .filter(Strangers::isNobodys)
        .map(container -> read(container.getId()))
        .flatMap(Optional::stream)
        .filter(stranger -> stranger.name().startsWith(PREFIX))
        .toList();
  }

  void remove(Stranger stranger) {
    try {
      engine.call(client ->
          client
              .removeContainerCmd(stranger.id())
              .withForce(true)
              .withRemoveVolumes(true) // anonymous ones only
              .exec());
    } catch (NotFoundException | ConflictException e) {
      // It is gone, or going.
    }
  }

  private static boolean isNobodys(Container container) {
    Map<String, String> labels = container.getLabels();
    return labels == null
        || labels.keySet().stream()
            .noneMatch(label -> SOMEBODYS.stream().anyMatch(label::startsWith));
  }

  /** What it publishes is told of one that runs only; what it was made with, always. */
  private Optional<Stranger> read(String id) {
    try {
      var seen = engine.call(client -> client.inspectContainerCmd(id).exec());
      Ports bindings = seen.getHostConfig().getPortBindings();
      String name = seen.getName();
      return Optional.of(
          new Stranger(
              id,
              name.startsWith("/") ? name.substring(1) : name,
              bindings == null ? Set.of() : hostPorts(bindings)));
    } catch (NotFoundException e) {
      return Optional.empty();
    }
  }

  private static Set<Integer> hostPorts(Ports bindings) {
    return bindings.getBindings().values().stream()
        .filter(Objects::nonNull)
        .flatMap(Arrays::stream)
        .map(binding -> Objects.requireNonNullElse(binding.getHostPortSpec(), ""))
        .filter(port -> port.matches("\\d{1,5}"))
        .map(Integer::valueOf)
        .collect(Collectors.toUnmodifiableSet());
  }
}
