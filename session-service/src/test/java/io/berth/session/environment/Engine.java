package io.berth.session.environment;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.BuildImageResultCallback;
import com.github.dockerjava.api.model.ContainerNetwork;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.httpclient5.ApacheDockerHttpClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The engine as the tests look at it, past the code under test. */
public final class Engine {

  private static final DockerClient DOCKER = connect();

  private Engine() {}

  public static DockerClient docker() {
    return DOCKER;
  }

  /** Containers of an instance, in any state. */
  public static List<com.github.dockerjava.api.model.Container> containers(String instance) {
    return DOCKER
        .listContainersCmd()
        .withShowAll(true)
        .withLabelFilter(Map.of("berth.instance", instance))
        .exec();
  }

  /** What a test desktop reaches of {@code address:port}: open, refused or silent. */
  public static Map<String, String> dial(String containerId, List<String> targets) {
    List<String> command =
        Stream.concat(
                Stream.of(
                    "/jdk/bin/java", "-Xmx16m", "-cp", "/desktop", TestDesktop.class.getName()),
                targets.stream())
            .toList();
    String id =
        DOCKER
            .execCreateCmd(containerId)
            .withCmd(command.toArray(String[]::new))
            .withAttachStdout(true)
            .exec()
            .getId();
    StringBuilder output = new StringBuilder();
    try (var read =
        DOCKER
            .execStartCmd(id)
            .exec(
                new ResultCallback.Adapter<Frame>() {
                  @Override
                  public void onNext(Frame frame) {
                    output.append(new String(frame.getPayload(), StandardCharsets.UTF_8));
                  }
                })) {
      read.awaitCompletion(60, TimeUnit.SECONDS);
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
    Map<String, String> seen = new TreeMap<>();
    output
        .toString()
        .lines()
        .map(line -> line.split(" "))
        .forEach(line -> seen.put(line[0], line[1]));
    return seen;
  }

  /** The address of a container in its network. */
  public static String address(String containerId) {
    return network(containerId).getIpAddress();
  }

  /** The address of the host in a container's network. */
  public static String gateway(String containerId) {
    return network(containerId).getGateway();
  }

  private static ContainerNetwork network(String containerId) {
    return DOCKER
        .inspectContainerCmd(containerId)
        .exec()
        .getNetworkSettings()
        .getNetworks()
        .values()
        .iterator()
        .next();
  }

  /** Another image of the same contents. */
  public static String upgraded(DockerClient client, String image) {
    try {
      Path context = Files.createTempDirectory("berth-upgraded-");
      Path recipe =
          Files.writeString(
              context.resolve("Dockerfile"), "FROM %s\nLABEL upgraded=yes\n".formatted(image));
      String name = image + "-upgraded";
      client
          .buildImageCmd(recipe.toFile())
          .withTags(Set.of(name))
          .exec(new BuildImageResultCallback())
          .awaitImageId(60, TimeUnit.SECONDS);
      Files.delete(recipe);
      Files.delete(context);
      return name;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Removes whatever an instance left: containers, homes, its networks. */
  static void clear(String instance) {
    clear(DOCKER, instance);
  }

  /** Removes whatever an instance left in another engine. */
  static void clear(DockerClient client, String instance) {
    String label = "berth.instance=" + instance;
    client
        .listContainersCmd()
        .withShowAll(true)
        .withLabelFilter(List.of(label))
        .exec()
        .forEach(each -> client.removeContainerCmd(each.getId()).withForce(true).exec());
    client
        .listVolumesCmd()
        .withFilter("label", List.of(label))
        .exec()
        .getVolumes()
        .forEach(each -> client.removeVolumeCmd(each.getName()).exec());
    client
        .listNetworksCmd()
        .withNameFilter("berth-" + instance)
        .exec()
        .forEach(each -> client.removeNetworkCmd(each.getId()).exec());
  }

  private static DockerClient connect() {
    return connect(DefaultDockerClientConfig.createDefaultConfigBuilder().build());
  }

  /** A client of another engine. */
  static DockerClient connect(String address) {
    return connect(
        DefaultDockerClientConfig.createDefaultConfigBuilder().withDockerHost(address).build());
  }

  private static DockerClient connect(DefaultDockerClientConfig config) {
    return DockerClientImpl.getInstance(
        config, new ApacheDockerHttpClient.Builder().dockerHost(config.getDockerHost()).build());
  }
}
