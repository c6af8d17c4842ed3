package io.berth.session.container.docker;

import com.github.dockerjava.api.command.CreateVolumeResponse;
import com.github.dockerjava.api.command.InspectVolumeResponse;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import io.berth.session.container.ContainerRefused;
import io.berth.session.container.HomeInUse;
import io.berth.session.container.HomeVolume;
import io.berth.session.container.InstanceConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** People's homes as named volumes; whose a volume is, its labels say. */
@ApplicationScoped
class HomeVolumes {

  private final Engine engine;
  private final HomeArchives archives;
  private final String instance;

  HomeVolumes(Engine engine, HomeArchives archives, InstanceConfig instance) {
    this.engine = engine;
    this.archives = archives;
    this.instance = instance.instance();
  }

  /** The volume's name in the engine. */
  String name(HomeVolume home) {
    return "berth-%s-home-%s-%s".formatted(instance, home.ownerId(), home.home());
  }

  /** See {@link io.berth.session.container.ContainerRuntime#makeHome}. */
  void make(HomeVolume home) {
    Map<String, String> labels =
        Map.of(
            Labels.INSTANCE, instance,
            Labels.OWNER, home.ownerId(),
            Labels.HOME, home.home());
    try {
      CreateVolumeResponse made =
          engine.call(
              client -> client.createVolumeCmd().withName(name(home)).withLabels(labels).exec());
      Objects.requireNonNull(made.getName());
    } catch (ConflictException there) {
      // Podman says so of a volume that is there; Docker gives it again.
    } catch (DockerException e) {
      if (!exists(home)) {
        throw new ContainerRefused("The engine refused the home: " + e.getMessage(), e);
      }
    }
  }

  /** See {@link io.berth.session.container.ContainerRuntime#homes}. */
  List<HomeVolume> list() {
    List<InspectVolumeResponse> volumes =
        engine
            .call(client ->
                client
                    .listVolumesCmd()
                    .withFilter("label", List.of(Labels.INSTANCE + "=" + instance))
                    .exec())
            .getVolumes();
    return Objects.requireNonNullElse(volumes, List.<InspectVolumeResponse>of()).stream()
        .map(HomeVolumes::read)
        .flatMap(Optional::stream)
        .toList();
  }

  /** See {@link io.berth.session.container.ContainerRuntime#removeHome}. */
  void remove(HomeVolume home) {
    archives.end(home);
    try {
      engine.call(client -> client.removeVolumeCmd(name(home)).exec());
    } catch (NotFoundException gone) {
      // As wished.
    } catch (ConflictException e) {
      throw new HomeInUse("a container has the home " + name(home), e);
    }
  }

  boolean exists(HomeVolume home) {
    try {
      engine.call(client -> client.inspectVolumeCmd(name(home)).exec());
      return true;
    } catch (NotFoundException e) {
      return false;
    }
  }

  private static Optional<HomeVolume> read(InspectVolumeResponse volume) {
    Map<String, String> labels =
        Objects.requireNonNullElse(volume.getLabels(), Map.<String, String>of());
    String owner = labels.get(Labels.OWNER);
    String home = labels.getOrDefault(Labels.HOME, labels.get(Labels.DESKTOP_TYPE));
    try {
      return owner == null || home == null
          ? Optional.empty()
          : Optional.of(new HomeVolume(owner, home));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // labelled by hand
    }
  }
}
