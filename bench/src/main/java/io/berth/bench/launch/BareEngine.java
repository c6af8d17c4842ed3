package io.berth.bench.launch;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.httpclient5.ApacheDockerHttpClient;
import io.berth.bench.load.WrongAnswer;
import io.berth.bench.process.FreePorts;
import io.berth.launcher.image.JdkImage;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** The engine without Berth: how long it and the desktop take by themselves. */
final class BareEngine implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final DockerClient docker;
  private final Set<String> instances = ConcurrentHashMap.newKeySet();

  BareEngine() {
    var config = DefaultDockerClientConfig.createDefaultConfigBuilder().build();
    docker =
        DockerClientImpl.getInstance(
            config,
            new ApacheDockerHttpClient.Builder().dockerHost(config.getDockerHost()).build());
  }

  /** Takes away in the end what an installation made. */
  void clearInTheEnd(String instance) {
    instances.add(instance);
  }

  /** The image of {@link TinyDesktop}. */
  String image() {
    return new JdkImage("berth-bench/desktop", TinyDesktop.class).make(docker);
  }

  /**
   * Nanoseconds from the call that makes a container to the desktop's first byte: with the limits
   * and in the network that Berth gives it.
   */
  long take(HttpClient client, String image, String instance)
      throws IOException, InterruptedException {
    int port = FreePorts.one();
    ExposedPort inside = ExposedPort.tcp(6901);
    long start = System.nanoTime();
    String id =
        docker
            .createContainerCmd(image)
            .withLabels(Map.of("berth-bench", instance))
            .withExposedPorts(inside)
            .withHostConfig(
                HostConfig.newHostConfig()
                    .withCapDrop(Capability.ALL)
                    .withSecurityOpts(List.of("no-new-privileges"))
                    .withMemory(256L << 20)
                    .withMemorySwap(256L << 20)
                    .withNanoCPUs(2_000_000_000L)
                    .withPidsLimit(200L)
                    .withShmSize(16L << 20)
                    .withNetworkMode("berth-" + instance)
                    .withPortBindings(
                        new PortBinding(Ports.Binding.bindIpAndPort("127.0.0.1", port), inside)))
            .exec()
            .getId();
    try {
      docker.startContainerCmd(id).exec();
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
              .timeout(LIMIT)
              .build();
      while (!answers(client, request)) {
        if (System.nanoTime() - start > LIMIT.toNanos()) {
          throw new WrongAnswer("a bare container did not answer");
        }
        TimeUnit.MILLISECONDS.sleep(4);
      }
      return System.nanoTime() - start;
    } finally {
      docker.removeContainerCmd(id).withForce(true).exec();
    }
  }

  private static boolean answers(HttpClient client, HttpRequest request)
      throws InterruptedException {
    try {
      return client.send(request, BodyHandlers.ofString()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  private void clear(String instance) {
    docker
        .listContainersCmd()
        .withShowAll(true)
        .withLabelFilter(Map.of("berth.instance", instance))
        .exec()
        .forEach(each -> docker.removeContainerCmd(each.getId()).withForce(true).exec());
    docker
        .listNetworksCmd()
        .withNameFilter("berth-" + instance)
        .exec()
        .forEach(each -> docker.removeNetworkCmd(each.getId()).exec());
  }

  /** Takes away what it made, and the installation's containers and network. */
  @Override
  public void close() throws IOException {
    instances.forEach(this::clear);
    docker.close();
  }
}
