package io.berth.session.container.docker;

import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.AccessMode;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Volume;
import io.berth.session.catalogue.Catalogue;
import io.berth.session.catalogue.DesktopType;
import io.berth.session.container.HomeVolume;
import io.berth.session.container.InstanceConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Packs homes with the engine's own archiver. It reads containers only, so each download has one
 * that mounts the home, read-only, and never runs.
 */
@ApplicationScoped
class HomeArchives {

  private static final String HOME = "/home";
  private static final long LITTLE_MEMORY = 64L << 20;
  private static final long LITTLE_CPU = 100_000_000L;

  private final Engine engine;
  private final Catalogue catalogue;
  private final String instance;
  private final Duration longest;

  HomeArchives(Engine engine, Catalogue catalogue, InstanceConfig instance, DockerConfig config) {
    this.engine = engine;
    this.catalogue = catalogue;
    this.instance = instance.instance();
    this.longest = config.archiveTimeout();
  }

  /** The tar of a volume; closing it removes the container. */
  InputStream open(HomeVolume home, String volume) {
    clear(Map.of(Labels.INSTANCE, instance), Instant.now().minus(longest));
    String container = container(home, volume);
    try {
      InputStream tar =
          engine.call(client -> client.copyArchiveFromContainerCmd(container, HOME + "/.").exec());
      return new FilterInputStream(tar) {
        @Override
        public void close() throws IOException {
          try {
            super.close();
          } finally {
            remove(container);
          }
        }
      };
    } catch (RuntimeException e) {
      remove(container);
      throw e;
    }
  }

  /** Ends the downloads of a home. */
  void end(HomeVolume home) {
    clear(
        Map.of(
            Labels.INSTANCE, instance,
            Labels.OWNER, home.ownerId(),
            Labels.ARCHIVED_HOME, home.home()),
        Instant.MAX);
  }

  /** Removes what a crash left, and what takes too long. */
  private void clear(Map<String, String> labels, Instant madeBefore) {
    List<Container> listed =
        engine.call(
            client -> client.listContainersCmd().withShowAll(true).withLabelFilter(labels).exec());
    listed.stream()
        .filter(each -> each.getLabels().containsKey(Labels.ARCHIVED_HOME))
        .filter(each -> Instant.ofEpochSecond(each.getCreated()).isBefore(madeBefore))
        .forEach(each -> remove(each.getId()));
  }

  private String container(HomeVolume home, String volume) {
    return engine
        .call(client ->
            client
                .createContainerCmd(image())
                .withLabels(
                    Map.of(
                        Labels.INSTANCE, instance,
                        Labels.OWNER, home.ownerId(),
                        Labels.ARCHIVED_HOME, home.home()))
                .withHostConfig(
                    HostConfig.newHostConfig()
                        .withNetworkMode("none")
                        .withCapDrop(Capability.ALL)
                        .withSecurityOpts(List.of("no-new-privileges"))
                        .withMemory(LITTLE_MEMORY)
                        .withNanoCPUs(LITTLE_CPU)
                        .withPidsLimit(1L)
                        .withBinds(new Bind(volume, new Volume(HOME), AccessMode.ro)))
                .exec())
        .getId();
  }

  /** Any that is here will do, since nothing of it runs; one of nothing is made if need be. */
  private String image() {
    return Stream.concat(
            Stream.of(EmptyImage.NAME),
            catalogue.types().stream()
                .flatMap(type -> Stream.concat(Stream.of(type.image()), type.standIn().stream()))
                .map(DesktopType.Image::name))
        .filter(this::isHere)
        .findFirst()
        .orElseGet(() -> EmptyImage.make(engine));
  }

  private boolean isHere(String image) {
    try {
      engine.call(client -> client.inspectImageCmd(image).exec());
      return true;
    } catch (NotFoundException e) {
      return false;
    }
  }

  private void remove(String container) {
    try {
      engine.call(client -> client.removeContainerCmd(container).withForce(true).exec());
    } catch (NotFoundException | ConflictException e) {
      // It is gone, or on its way.
    }
  }
}
