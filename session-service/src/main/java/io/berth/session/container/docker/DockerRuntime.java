package io.berth.session.container.docker;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.command.InspectContainerResponse.ContainerState;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.exception.NotModifiedException;
import com.github.dockerjava.api.model.Info;
import io.berth.session.catalogue.PauseMode;
import io.berth.session.container.Container;
import io.berth.session.container.Container.State;
import io.berth.session.container.ContainerRefused;
import io.berth.session.container.ContainerRuntime;
import io.berth.session.container.ContainerSpec;
import io.berth.session.container.HomeVolume;
import io.berth.session.container.ImageUnavailable;
import io.berth.session.container.InstanceConfig;
import io.berth.session.container.PortTaken;
import io.berth.session.container.RunsOn;
import io.berth.session.container.RuntimeKind;
import io.berth.session.container.Stranger;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.InputStream;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Runs desktops on a Docker Engine, by docker-java. */
@ApplicationScoped
@RunsOn(RuntimeKind.DOCKER)
public class DockerRuntime implements ContainerRuntime {

  private static final String BRIDGE = "bridge";

  private final Engine engine;
  private final DockerConfig config;
  private final ImagePull pull;
  private final HardenedContainer hardened;
  private final HomeVolumes homes;
  private final HomeArchives archives;
  private final DockerEvents events;
  private final Strangers strangers;
  private final String instance;

  DockerRuntime(
      Engine engine,
      DockerConfig config,
      ImagePull pull,
      HardenedContainer hardened,
      HomeVolumes homes,
      HomeArchives archives,
      DockerEvents events,
      Strangers strangers,
      InstanceConfig instance) {
    this.engine = engine;
    this.config = config;
    this.pull = pull;
    this.hardened = hardened;
    this.homes = homes;
    this.archives = archives;
    this.events = events;
    this.strangers = strangers;
    this.instance = instance.instance();
  }

  @Override
  public boolean usesHostPorts() {
    return true;
  }

  @Override
  public void requireAvailable() {
    engine.ping();
  }

  @Override
  public boolean hasImage(String image) {
    try {
      engine.call(client -> client.inspectImageCmd(image).exec());
      return true;
    } catch (NotFoundException e) {
      return false;
    }
  }

  @Override
  public Optional<Capacity> capacity() {
    try {
      Info info = engine.call(client -> client.infoCmd().exec());
      Long memory = info.getMemTotal();
      Integer cpus = info.getNCPU();
      return memory == null || cpus == null
          ? Optional.empty()
          : Optional.of(new Capacity(memory, cpus));
    } catch (DockerException e) {
      return Optional.empty(); // whoever guards the engine does not tell
    }
  }

  @Override
  public void pull(String image, PullWatch watch) {
    pull.run(image, watch);
  }

  @Override
  public Container create(ContainerSpec spec) {
    Optional<Container> there = find(spec.sessionId());
    if (there.isPresent()) {
      return there.get();
    }
    try {
      String id = hardened.create(spec);
      return inspect(id).orElseThrow(() -> new ContainerRefused(spec + " is gone again", null));
    } catch (NotFoundException e) {
      throw new ImageUnavailable("The image " + spec.image() + " is not on this host.", e);
    } catch (ConflictException e) {
      // Another worker of the same session was quicker.
      return find(spec.sessionId())
          .orElseThrow(() -> new ContainerRefused("The name " + spec.name() + " is taken.", e));
    } catch (DockerException e) {
      throw new ContainerRefused("The engine refused the container: " + firstLine(e), e);
    }
  }

  @Override
  public void start(Container container) {
    try {
      engine.call(client -> client.startContainerCmd(container.id()).exec());
    } catch (NotModifiedException e) {
      // It runs already.
    } catch (DockerException e) {
      if (isPortTaken(e)) {
        throw new PortTaken("something else has the port of " + container.name(), e);
      }
      throw new ContainerRefused("The engine could not start the container: " + firstLine(e), e);
    }
  }

  @Override
  public void pause(Container container, PauseMode mode) {
    switch (mode) {
      case FREEZE -> freeze(container);
      case STOP -> {
        unfreeze(container); // what stands still can't end gently
        stop(container);
      }
    }
  }

  @Override
  public void resume(Container container) {
    if (!unfreeze(container)) {
      start(container);
    }
  }

  private void freeze(Container container) {
    try {
      engine.call(client -> client.pauseContainerCmd(container.id()).exec());
    } catch (DockerException e) {
      // The engine says the same of one that is frozen, or has ended, as of one that it can't
      // freeze.
      if (inspect(container.id()).filter(Container::isRunning).isPresent()) {
        throw new ContainerRefused("The engine can't freeze the container: " + firstLine(e), e);
      }
    }
  }

  /** Returns whether it was frozen. */
  private boolean unfreeze(Container container) {
    if (inspect(container.id()).filter(each -> each.state() == State.PAUSED).isEmpty()) {
      return false;
    }
    try {
      engine.call(client -> client.unpauseContainerCmd(container.id()).exec());
    } catch (DockerException e) {
      if (inspect(container.id()).filter(each -> each.state() == State.PAUSED).isPresent()) {
        throw new ContainerRefused("The engine can't unfreeze it: " + firstLine(e), e);
      }
    }
    return true;
  }

  private void stop(Container container) {
    try {
      int grace = (int) config.stopGrace().toSeconds();
      engine.call(client -> client.stopContainerCmd(container.id()).withTimeout(grace).exec());
    } catch (NotModifiedException | NotFoundException e) {
      // It had ended, or was never started.
    } catch (DockerException e) {
      throw new ContainerRefused("The engine can't stop the container: " + firstLine(e), e);
    }
  }

  @Override
  public Optional<Container> find(UUID sessionId) {
    return containers(Map.of(Labels.INSTANCE, instance, Labels.SESSION, sessionId.toString()))
        .findFirst();
  }

  @Override
  public void rename(Container container, String name) {
    if (container.name().equals(name)) {
      return;
    }
    try {
      engine.call(client -> client.renameContainerCmd(container.id()).withName(name).exec());
    } catch (DockerException e) {
      // Gone, or the name is taken: a name is for people, and nothing else depends on it.
    }
  }

  @Override
  public List<Container> list() {
    return containers(Map.of(Labels.INSTANCE, instance)).toList();
  }

  @Override
  public void remove(Container container) {
    try {
      pause(container, PauseMode.STOP);
    } catch (ContainerRefused e) {
      // It won't stop: removal by force follows.
    }
    try {
      engine.call(client ->
          client
              .removeContainerCmd(container.id())
              .withForce(true)
              .withRemoveVolumes(true) // anonymous ones only; the home is named
              .exec());
    } catch (NotFoundException e) {
      // Gone.
    } catch (ConflictException e) {
      // Its removal is under way; the reconciler looks again.
    }
  }

  @Override
  public void makeHome(HomeVolume home) {
    homes.make(home);
  }

  @Override
  public List<HomeVolume> homes() {
    return homes.list();
  }

  @Override
  public void removeHome(HomeVolume home) {
    homes.remove(home);
  }

  @Override
  public Optional<InputStream> archiveHome(HomeVolume home) {
    return homes.exists(home)
        ? Optional.of(archives.open(home, homes.name(home)))
        : Optional.empty();
  }

  @Override
  public List<Stranger> strangers() {
    return strangers.list();
  }

  @Override
  public void removeStranger(Stranger stranger) {
    strangers.remove(stranger);
  }

  @Override
  public List<String> lastLines(Container container, int lines) {
    return LastLines.of(engine, container.id(), lines);
  }

  @Override
  public void watch(EndWatch watch) {
    events.watch(watch);
  }

  private Stream<Container> containers(Map<String, String> labels) {
    List<com.github.dockerjava.api.model.Container> listed =
        engine.call(
            client -> client.listContainersCmd().withShowAll(true).withLabelFilter(labels).exec());
    return listed.stream()
        .filter(each -> !each.getLabels().containsKey(Labels.ARCHIVED_HOME))
        .map(each -> inspect(each.getId()))
        .flatMap(Optional::stream);
  }

  private Optional<Container> inspect(String id) {
    try {
      return Optional.of(read(engine.call(client -> client.inspectContainerCmd(id).exec())));
    } catch (NotFoundException e) {
      return Optional.empty();
    }
  }

  private Container read(InspectContainerResponse seen) {
    ContainerState state = seen.getState();
    Map<String, String> labels =
        Objects.requireNonNullElse(seen.getConfig().getLabels(), Map.<String, String>of());
    String name = seen.getName();
    return new Container(
        seen.getId(),
        name.startsWith("/") ? name.substring(1) : name,
        uuid(labels.get(Labels.SESSION)),
        number(labels.get(Labels.GENERATION)),
        stateOf(state) == State.EXITED && wasInterrupted(state)
            ? State.INTERRUPTED
            : stateOf(state),
        Objects.requireNonNullElse(state.getExitCodeLong(), 0L),
        Boolean.TRUE.equals(state.getOOMKilled()),
        Optional.empty());
  }

  /**
   * Whether the engine has begun anew since the container ended. An engine makes its default bridge
   * at each start, and says when; one without such a bridge says nothing, and then a container has
   * ended by itself.
   */
  private boolean wasInterrupted(ContainerState state) {
    try {
      Date began =
          engine
              .call(client -> client.inspectNetworkCmd().withNetworkId(BRIDGE).exec())
              .getCreated();
      String ended = state.getFinishedAt();
      return began != null && ended != null && Instant.parse(ended).isBefore(began.toInstant());
    } catch (DockerException | DateTimeParseException e) {
      return false; // no such bridge, or a guard in between that does not tell
    }
  }

  private static Container.State stateOf(ContainerState state) {
    if (Boolean.TRUE.equals(state.getPaused())) {
      return Container.State.PAUSED;
    }
    return switch (Objects.requireNonNullElse(state.getStatus(), "")) {
      case "created", "configured", "initialized" -> Container.State.CREATED;
      case "running", "restarting" -> Container.State.RUNNING;
      default -> Container.State.EXITED;
    };
  }

  private static boolean isPortTaken(DockerException e) {
    String message = Objects.requireNonNullElse(e.getMessage(), "");
    return message.contains("port is already allocated")
        || message.contains("address already in use")
        || message.contains("Ports are not available");
  }

  private static Optional<UUID> uuid(@Nullable String label) {
    try {
      return label == null ? Optional.empty() : Optional.of(UUID.fromString(label));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static long number(@Nullable String label) {
    try {
      return label == null ? 0 : Long.parseLong(label);
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  private static String firstLine(DockerException e) {
    return Objects.requireNonNullElse(e.getMessage(), "no reason given")
        .lines()
        .findFirst()
        .orElse("no reason given");
  }
}
