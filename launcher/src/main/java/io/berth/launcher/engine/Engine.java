package io.berth.launcher.engine;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.InspectVolumeResponse;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.ContainerPort;
import com.github.dockerjava.api.model.PullResponseItem;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.httpclient5.ApacheDockerHttpClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** An engine that answers at an address: Docker's, or Podman's with the same API. */
public final class Engine implements AutoCloseable {

  /** Label of everything that an installation has in an engine. */
  public static final String INSTANCE_LABEL = "berth.instance";

  private static final String SESSION_LABEL = "berth.session";

  private static final Duration ANSWER = Duration.ofSeconds(30);
  private static final Duration PULL_SILENCE = Duration.ofSeconds(30);
  private static final Duration PULL_LIMIT = Duration.ofMinutes(30);
  private static final int STOP_SECONDS = 5;

  private final String address;
  private final DockerClient client;

  public Engine(String address) {
    this.address = address;
    var config =
        DefaultDockerClientConfig.createDefaultConfigBuilder().withDockerHost(address).build();
    this.client =
        DockerClientImpl.getInstance(
            config,
            new ApacheDockerHttpClient.Builder()
                .dockerHost(config.getDockerHost())
                .sslConfig(config.getSSLConfig())
                .connectionTimeout(Duration.ofSeconds(3))
                .responseTimeout(ANSWER)
                .build());
  }

  /** Such as {@code unix:///var/run/docker.sock}. */
  public String address() {
    return address;
  }

  public boolean answers() {
    try {
      client.pingCmd().exec();
      return true;
    } catch (RuntimeException e) {
      return false;
    }
  }

  public String version() {
    return client.versionCmd().exec().getVersion();
  }

  public boolean hasImage(String image) {
    try {
      client.inspectImageCmd(image).exec();
      return true;
    } catch (NotFoundException e) {
      return false;
    }
  }

  /** Pulls an image; false if the registry can't be reached, refuses, or falls silent. */
  public boolean pull(String image, Consumer<String> progress) {
    AtomicLong lastHeard = new AtomicLong(System.nanoTime());
    try (var pull =
        client
            .pullImageCmd(image)
            .exec(
                new ResultCallback.Adapter<PullResponseItem>() {
                  @Override
                  public void onNext(PullResponseItem item) {
                    lastHeard.set(System.nanoTime());
                    String status = item.getStatus();
                    if (status != null) {
                      progress.accept(status);
                    }
                  }
                })) {
      long deadline = System.nanoTime() + PULL_LIMIT.toNanos();
      while (!pull.awaitCompletion(1, TimeUnit.SECONDS)) {
        long now = System.nanoTime();
        if (now > deadline || now - lastHeard.get() > PULL_SILENCE.toNanos()) {
          return false;
        }
      }
      return hasImage(image);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (RuntimeException | IOException e) {
      return false;
    }
  }

  /** The desktops of an installation, in any state. */
  public List<DesktopContainer> desktops(String instance) {
    return client
        .listContainersCmd()
        .withShowAll(true)
        .withLabelFilter(Map.of(INSTANCE_LABEL, instance))
        .exec()
        .stream()
        .map(Engine::desktop)
        .toList();
  }

  private static DesktopContainer desktop(Container container) {
    boolean open =
        Arrays.stream(container.getPorts())
            .map(ContainerPort::getIp)
            .anyMatch(ip -> ip != null && !ip.startsWith("127.") && !ip.equals("::1"));
    return new DesktopContainer(
        container.getNames()[0].replaceFirst("^/", ""),
        Optional.ofNullable(container.getLabels().get(SESSION_LABEL)).map(UUID::fromString),
        "running".equals(container.getState()),
        open);
  }

  /** Ends the running desktops of an installation; homes and stopped containers are kept. */
  public int stopContainers(String instance) {
    List<Container> running =
        client.listContainersCmd().withLabelFilter(Map.of(INSTANCE_LABEL, instance)).exec();
    running.parallelStream()
        .forEach(container ->
            client.stopContainerCmd(container.getId()).withTimeout(STOP_SECONDS).exec());
    return running.size();
  }

  /** Removes all that an installation has in the engine, people's homes included. */
  public void purge(String instance) {
    Map<String, String> label = Map.of(INSTANCE_LABEL, instance);
    client
        .listContainersCmd()
        .withShowAll(true)
        .withLabelFilter(label)
        .exec()
        .forEach(container -> client.removeContainerCmd(container.getId()).withForce(true).exec());
    client
        .listVolumesCmd()
        .withFilter("label", List.of(INSTANCE_LABEL + "=" + instance))
        .exec()
        .getVolumes()
        .forEach(volume -> client.removeVolumeCmd(volume.getName()).exec());
    client
        .listNetworksCmd()
        .withFilter("label", List.of(INSTANCE_LABEL + "=" + instance))
        .exec()
        .forEach(network -> client.removeNetworkCmd(network.getId()).exec());
  }

  /** The volumes of an installation with their labels. */
  public Map<String, Map<String, String>> volumes(String instance) {
    return client
        .listVolumesCmd()
        .withFilter("label", List.of(INSTANCE_LABEL + "=" + instance))
        .exec()
        .getVolumes()
        .stream()
        .collect(
            Collectors.toMap(
                InspectVolumeResponse::getName,
                volume -> Objects.requireNonNullElse(volume.getLabels(), Map.of())));
  }

  /** Copies what a volume holds into an archive, owners and rights included. */
  public void readVolume(String name, Path archive) throws IOException {
    new VolumeCopy(client).read(name, archive);
  }

  /** Makes a volume anew with what an archive holds. */
  public void writeVolume(String name, Map<String, String> labels, Path archive)
      throws IOException {
    new VolumeCopy(client).write(name, labels, archive);
  }

  @Override
  public void close() {
    try {
      client.close();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
