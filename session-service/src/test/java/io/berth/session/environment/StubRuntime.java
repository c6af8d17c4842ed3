package io.berth.session.environment;

import io.berth.session.catalogue.PauseMode;
import io.berth.session.container.Container;
import io.berth.session.container.ContainerRuntime;
import io.berth.session.container.ContainerSpec;
import io.berth.session.container.HomeVolume;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps the contract with nothing behind it, for tests of numbers that no test machine can run. */
@Alternative
@ApplicationScoped
public class StubRuntime implements ContainerRuntime {

  private record Made(Container container, int port) {}

  private final Map<UUID, Made> made = new ConcurrentHashMap<>();
  private final Set<HomeVolume> homes = ConcurrentHashMap.newKeySet();
  private final List<String> clashes = new ArrayList<>();

  /** Ports that two containers had at the same time. */
  public synchronized List<String> clashes() {
    return List.copyOf(clashes);
  }

  @Override
  public boolean usesHostPorts() {
    return true;
  }

  @Override
  public void requireAvailable() {}

  @Override
  public boolean hasImage(String image) {
    return true;
  }

  @Override
  public void pull(String image, PullWatch watch) {}

  @Override
  public synchronized Container create(ContainerSpec spec) {
    Made there = made.get(spec.sessionId());
    if (there != null) {
      return there.container();
    }
    made.values().stream()
        .filter(other -> other.port() == spec.hostPort().orElseThrow())
        .forEach(other -> clashes.add(spec + " and " + other));
    Container container = container(spec, Container.State.CREATED);
    made.put(spec.sessionId(), new Made(container, spec.hostPort().orElseThrow()));
    return container;
  }

  private static Container container(ContainerSpec spec, Container.State state) {
    return new Container(
        spec.sessionId().toString(),
        spec.name(),
        Optional.of(spec.sessionId()),
        spec.generation(),
        state,
        0,
        false,
        Optional.empty());
  }

  @Override
  public void start(Container container) {
    become(container, Container.State.RUNNING);
  }

  @Override
  public void pause(Container container, PauseMode mode) {
    become(container, mode == PauseMode.FREEZE ? Container.State.PAUSED : Container.State.EXITED);
  }

  @Override
  public void resume(Container container) {
    become(container, Container.State.RUNNING);
  }

  private void become(Container container, Container.State state) {
    made.computeIfPresent(
        container.sessionId().orElseThrow(),
        (id, its) ->
            new Made(
                new Container(
                    container.id(),
                    container.name(),
                    container.sessionId(),
                    container.generation(),
                    state,
                    0,
                    false,
                    Optional.empty()),
                its.port()));
  }

  @Override
  public Optional<Container> find(UUID sessionId) {
    return Optional.ofNullable(made.get(sessionId)).map(Made::container);
  }

  @Override
  public List<Container> list() {
    return made.values().stream().map(Made::container).toList();
  }

  @Override
  public void remove(Container container) {
    container.sessionId().ifPresent(made::remove);
  }

  @Override
  public void makeHome(HomeVolume home) {
    homes.add(home);
  }

  @Override
  public List<HomeVolume> homes() {
    return List.copyOf(homes);
  }

  @Override
  public void removeHome(HomeVolume home) {
    homes.remove(home);
  }

  @Override
  public Optional<InputStream> archiveHome(HomeVolume home) {
    return homes.contains(home) ? Optional.of(InputStream.nullInputStream()) : Optional.empty();
  }

  @Override
  public List<String> lastLines(Container container, int lines) {
    return List.of();
  }

  @Override
  public void watch(EndWatch watch) {}
}
