package io.berth.session.environment;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.httpclient5.ApacheDockerHttpClient;
import java.util.List;
import java.util.Map;

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

  /** Removes whatever an instance left: containers, homes, its network. */
  static void clear(String instance) {
    containers(instance)
        .forEach(each -> DOCKER.removeContainerCmd(each.getId()).withForce(true).exec());
    DOCKER
        .listVolumesCmd()
        .withFilter("label", List.of("berth.instance=" + instance))
        .exec()
        .getVolumes()
        .forEach(each -> DOCKER.removeVolumeCmd(each.getName()).exec());
    DOCKER
        .listNetworksCmd()
        .withNameFilter("berth-" + instance)
        .exec()
        .forEach(each -> DOCKER.removeNetworkCmd(each.getId()).exec());
  }

  private static DockerClient connect() {
    var config = DefaultDockerClientConfig.createDefaultConfigBuilder().build();
    return DockerClientImpl.getInstance(
        config, new ApacheDockerHttpClient.Builder().dockerHost(config.getDockerHost()).build());
  }
}
