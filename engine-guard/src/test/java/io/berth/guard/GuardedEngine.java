package io.berth.guard;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.BuildImageResultCallback;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.httpclient5.ApacheDockerHttpClient;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/** The real engine, with a guard before it whose installation is this test run's own. */
public final class GuardedEngine implements QuarkusTestProfile {

  static final String INSTANCE = "guard-" + UUID.randomUUID().toString().substring(0, 8);
  static final String IMAGE = "berth/guard-test:" + INSTANCE;
  static final String VOLUME = "berth-" + INSTANCE + "-home-alice-tiny";
  static final Path SOCKET = folder().resolve("engine.sock");
  static final String ENGINE =
      Objects.requireNonNullElse(System.getenv("DOCKER_HOST"), "unix:///var/run/docker.sock")
          .replaceFirst("^unix://", "");

  @Override
  public Map<String, String> getConfigOverrides() {
    return Map.of(
        "berth.instance", INSTANCE,
        "berth.guard.listen", SOCKET.toString(),
        "berth.guard.engine", ENGINE);
  }

  static DockerClient client(String socket) {
    var config =
        DefaultDockerClientConfig.createDefaultConfigBuilder()
            .withDockerHost("unix://" + socket)
            .build();
    return DockerClientImpl.getInstance(
        config, new ApacheDockerHttpClient.Builder().dockerHost(config.getDockerHost()).build());
  }

  /** An image with a folder and nothing to run: enough for a container that is only made. */
  static void buildImage(DockerClient engine) {
    try {
      Path context = Files.createTempDirectory("berth-guard-image-");
      Files.writeString(
          context.resolve("Dockerfile"), "FROM scratch\nWORKDIR /home/kasm-user\nCMD [\"none\"]\n");
      engine
          .buildImageCmd(context.toFile())
          .withTags(Set.of(IMAGE))
          .exec(new BuildImageResultCallback())
          .awaitImageId();
      Files.delete(context.resolve("Dockerfile"));
      Files.delete(context);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void removeAll(DockerClient engine) {
    Map<String, String> ours = Map.of("berth.instance", INSTANCE);
    engine
        .listContainersCmd()
        .withShowAll(true)
        .withLabelFilter(ours)
        .exec()
        .forEach(each -> engine.removeContainerCmd(each.getId()).withForce(true).exec());
    try {
      engine.removeNetworkCmd("berth-" + INSTANCE).exec();
    } catch (NotFoundException e) {
      // No test made it.
    }
    engine.removeImageCmd(IMAGE).withForce(true).exec();
  }

  /** A desktop as session-service asks for it. */
  static JsonObject desktop() {
    return new JsonObject()
        .put("Image", IMAGE)
        .put("Cmd", new JsonArray())
        .put("Env", new JsonArray().add("VNC_PW=secret"))
        .put("Labels", new JsonObject().put("berth.instance", INSTANCE))
        .put("ExposedPorts", new JsonObject().put("6901/tcp", new JsonObject()))
        .put(
            "HostConfig",
            new JsonObject()
                .put("Privileged", false)
                .put("CapDrop", new JsonArray().add("ALL"))
                .put("CapAdd", new JsonArray().add("CHOWN"))
                .put("SecurityOpt", new JsonArray().add("no-new-privileges"))
                .put("Memory", 64_000_000)
                .put("MemorySwap", 64_000_000)
                .put("NanoCpus", 1_000_000_000)
                .put("PidsLimit", 64)
                .put("NetworkMode", "berth-" + INSTANCE)
                .put("Binds", new JsonArray().add(VOLUME + ":/home/kasm-user:rw"))
                .put(
                    "PortBindings",
                    new JsonObject()
                        .put(
                            "6901/tcp",
                            new JsonArray()
                                .add(
                                    new JsonObject()
                                        .put("HostIp", "127.0.0.1")
                                        .put("HostPort", "7001")))));
  }

  private static Path folder() {
    try {
      return Files.createTempDirectory("berth-guard-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
