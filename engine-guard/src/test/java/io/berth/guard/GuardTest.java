package io.berth.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.PortBinding;
import io.berth.guard.engine.EngineSocket;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** On the real engine: what session-service asks for is done, and nothing else is. */
@QuarkusTest
@TestProfile(GuardedEngine.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // fields that Quarkus and the set-up fill
class GuardTest {

  private static final Map<String, String> OURS = Map.of("berth.instance", GuardedEngine.INSTANCE);

  @Inject Vertx vertx;

  private DockerClient engine;
  private DockerClient guarded;
  private EngineSocket guard;

  @BeforeAll
  void aNetworkAndAHomeMadeThroughIt() {
    engine = GuardedEngine.client(GuardedEngine.ENGINE);
    guarded = GuardedEngine.client(GuardedEngine.SOCKET.toString());
    guard = new EngineSocket(vertx, GuardedEngine.SOCKET);
    GuardedEngine.buildImage(engine);
    guarded.createVolumeCmd().withName(GuardedEngine.VOLUME).withLabels(OURS).exec();
    guarded
        .createNetworkCmd()
        .withName("berth-" + GuardedEngine.INSTANCE)
        .withDriver("bridge")
        .withCheckDuplicate(true)
        .withOptions(Map.of("com.docker.network.bridge.enable_icc", "false"))
        .withLabels(OURS)
        .exec();
  }

  @AfterAll
  void nothingIsLeft() {
    GuardedEngine.removeAll(engine);
    engine.removeVolumeCmd(GuardedEngine.VOLUME).exec();
  }

  @Test
  void aDesktopIsMadeAndRemovedByTheClientOfSessionService() {
    guarded.pingCmd().exec();
    assertThat(guarded.infoCmd().exec().getMemTotal()).isPositive(); // the budget of the host
    guarded.inspectImageCmd(GuardedEngine.IMAGE).exec();
    String id =
        guarded
            .createContainerCmd(GuardedEngine.IMAGE)
            .withName("guard-test-" + GuardedEngine.INSTANCE)
            .withLabels(OURS)
            .withHostConfig(
                HostConfig.newHostConfig()
                    .withPrivileged(false)
                    .withCapDrop(Capability.ALL)
                    .withSecurityOpts(List.of("no-new-privileges"))
                    .withMemory(64_000_000L)
                    .withMemorySwap(64_000_000L)
                    .withNanoCPUs(1_000_000_000L)
                    .withPidsLimit(64L)
                    .withNetworkMode("berth-" + GuardedEngine.INSTANCE)
                    .withPortBindings(PortBinding.parse("127.0.0.1:7001:6901"))
                    .withBinds(Bind.parse(GuardedEngine.VOLUME + ":/home/kasm-user")))
            .exec()
            .getId();

    InspectContainerResponse made = guarded.inspectContainerCmd(id).exec();
    assertThat(made.getHostConfig().getMemory()).isEqualTo(64_000_000L);
    assertThat(made.getHostConfig().getCapDrop()).containsExactly(Capability.ALL);
    guarded.renameContainerCmd(id).withName("guard-test-claimed-" + GuardedEngine.INSTANCE).exec();
    assertThat(guarded.listContainersCmd().withShowAll(true).withLabelFilter(OURS).exec())
        .extracting(Container::getId)
        .contains(id);
    guarded.removeContainerCmd(id).withForce(true).withRemoveVolumes(true).exec();
    assertThat(status("GET", "/containers/" + id + "/json", null)).isEqualTo(404);
  }

  @Test
  void aHomeIsPackedByAContainerThatNeverRunsAndNothingElseIs() throws IOException {
    String id =
        guarded
            .createContainerCmd(GuardedEngine.IMAGE)
            .withLabels(OURS)
            .withHostConfig(
                HostConfig.newHostConfig()
                    .withCapDrop(Capability.ALL)
                    .withSecurityOpts(List.of("no-new-privileges"))
                    .withMemory(64_000_000L)
                    .withNanoCPUs(100_000_000L)
                    .withPidsLimit(1L)
                    .withNetworkMode("none")
                    .withBinds(Bind.parse(GuardedEngine.VOLUME + ":/home:ro")))
            .exec()
            .getId();

    try (InputStream tar = guarded.copyArchiveFromContainerCmd(id, "/home/.").exec()) {
      assertThat(tar.readAllBytes()).isNotEmpty();
    }
    assertThat(status("GET", "/containers/" + id + "/archive?path=/etc", null)).isEqualTo(403);
    assertThat(status("GET", "/containers/" + id + "/archive?path=/home/../etc", null))
        .isEqualTo(403);
    guarded.removeContainerCmd(id).withForce(true).exec();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("escapes")
  void aContainerThatCouldDoMoreIsRefused(String what, Consumer<JsonObject> change) {
    JsonObject desktop = GuardedEngine.desktop();
    change.accept(desktop);

    EngineSocket.Said said = ask("POST", "/v1.41/containers/create?name=escape", desktop);

    assertThat(said.status()).as(what + ": " + said.body()).isEqualTo(403);
    assertThat(said.json().getString("message")).contains("refused by Berth's engine guard");
    assertThat(
            engine.listContainersCmd().withShowAll(true).withNameFilter(List.of("escape")).exec())
        .isEmpty();
  }

  static Stream<Arguments> escapes() {
    return Stream.of(
        host("privileged", "Privileged", true),
        host("privileged, as Go would read it too", "privileged", true),
        host("all of the host's files", "Binds", new JsonArray().add("/:/host")),
        host("the engine's socket", "Binds", new JsonArray().add("/var/run/docker.sock:/s")),
        host("a foreign volume", "Binds", new JsonArray().add("postgres-data:/data")),
        host(
            "a mount by its other name",
            "Mounts",
            new JsonArray().add(new JsonObject().put("Type", "bind").put("Source", "/"))),
        host("others' volumes", "VolumesFrom", new JsonArray().add("postgres")),
        host("the host's network", "NetworkMode", "host"),
        host("a neighbour's network", "NetworkMode", "container:postgres"),
        host("the default network", "NetworkMode", "bridge"),
        host("the host's processes", "PidMode", "host"),
        host("the host's IPC", "IpcMode", "host"),
        host("the host's name", "UTSMode", "host"),
        host("the host's users", "UsernsMode", "host"),
        host("the host's cgroups", "CgroupnsMode", "host"),
        host("another cgroup", "CgroupParent", "/"),
        host("a capability that is not listed", "CapAdd", new JsonArray().add("SYS_ADMIN")),
        host("every capability", "CapAdd", new JsonArray().add("ALL")),
        host("capabilities kept", "CapDrop", new JsonArray()),
        host(
            "no seccomp",
            "SecurityOpt",
            new JsonArray().add("no-new-privileges").add("seccomp=unconfined")),
        host("new privileges", "SecurityOpt", new JsonArray()),
        host(
            "a device",
            "Devices",
            new JsonArray().add(new JsonObject().put("PathOnHost", "/dev/sda"))),
        host("a kernel setting", "Sysctls", new JsonObject().put("kernel.core_pattern", "|/x")),
        host("another runtime", "Runtime", "other"),
        host("a helping hand for every port", "PublishAllPorts", true),
        host("no bound on memory", "Memory", 0),
        host("no bound on processors", "NanoCpus", 0),
        host("no bound on processes", "PidsLimit", -1),
        host("swap without bound", "MemorySwap", -1),
        host(
            "a restart that nobody asked for",
            "RestartPolicy",
            new JsonObject().put("Name", "always")),
        host("a log that goes elsewhere", "LogConfig", new JsonObject().put("Type", "syslog")),
        host("published to everyone", "PortBindings", published("0.0.0.0", "7001")),
        host("published on every address by silence", "PortBindings", published("", "7001")),
        host("published on another port", "PortBindings", published("127.0.0.1", "5006")),
        top("an image that is not listed", "Image", "debian:bookworm"),
        top("an image of another registry", "Image", "registry.example/kasmweb/desktop:1"),
        top("no label", "Labels", new JsonObject()),
        top(
            "another installation's label",
            "Labels",
            new JsonObject().put("berth.instance", "another")),
        top(
            "a label of compose",
            "Labels",
            new JsonObject()
                .put("berth.instance", GuardedEngine.INSTANCE)
                .put("com.docker.compose.project", "berth")),
        top(
            "a second network",
            "NetworkingConfig",
            new JsonObject().put("EndpointsConfig", new JsonObject().put("berth_data", 1))),
        top("a command of one's own", "Entrypoint", new JsonArray().add("/bin/sh")),
        top("root", "User", "0"));
  }

  @Test
  void masksOfTheKernelsFilesStayWhateverIsAsked() {
    JsonObject desktop = GuardedEngine.desktop();
    desktop
        .getJsonObject("HostConfig")
        .put("MaskedPaths", new JsonArray())
        .put("ReadonlyPaths", new JsonArray());
    desktop.put("Cmd", new JsonArray());

    EngineSocket.Said said =
        ask("POST", "/containers/create?name=masked-" + GuardedEngine.INSTANCE, desktop);

    assertThat(said.status()).as(said.body().toString()).isEqualTo(201);
    JsonObject host =
        ask("GET", "/containers/" + said.json().getString("Id") + "/json", null)
            .json()
            .getJsonObject("HostConfig");
    assertThat(host.getJsonArray("MaskedPaths")).contains("/proc/kcore");
    assertThat(host.getJsonArray("ReadonlyPaths")).contains("/proc/sys");
  }

  @ParameterizedTest
  @CsvSource({
    "POST,/containers/any/exec",
    "POST,/containers/any/attach",
    "GET,/containers/any/archive?path=/",
    "PUT,/containers/any/archive?path=/",
    "POST,/containers/any/update",
    "POST,/containers/any/rename?name=x&force=1",
    "POST,/containers/any/rename?name=../x",
    "POST,/exec/any/start",
    "POST,/build",
    "POST,/commit?container=any",
    "GET,/images/json",
    "DELETE,/images/berth/guard-test",
    "POST,/images/load",
    "POST,/images/create?fromSrc=http://evil/x.tar&repo=berth/x",
    "POST,/images/create?fromImage=debian&tag=bookworm",
    "POST,/containers/prune",
    "POST,/volumes/prune",
    "GET,/system/df",
    "GET,/networks",
    "GET,/networks/host",
    "POST,/networks/berth/connect",
    "GET,/secrets",
    "POST,/swarm/init",
    "GET,/plugins",
    "GET,/v1.41/../containers/any/archive",
    "GET,/containers/..%2Finfo",
    "HEAD,/_ping",
  })
  void everyOtherCallIsRefused(String method, String uri) {
    assertThat(status(method, uri, null)).isEqualTo(403);
  }

  @Test
  void containersOfOthersAreNeitherSeenNorTouched() {
    String foreign = engine.createContainerCmd(GuardedEngine.IMAGE).withCmd("x").exec().getId();
    try {
      assertThat(status("GET", "/containers/" + foreign + "/json", null)).isEqualTo(403);
      assertThat(status("POST", "/containers/" + foreign + "/start", null)).isEqualTo(403);
      assertThat(status("POST", "/containers/" + foreign + "/pause", null)).isEqualTo(403);
      assertThat(status("POST", "/containers/" + foreign + "/rename?name=x", null)).isEqualTo(403);
      assertThat(status("GET", "/containers/" + foreign + "/logs?stdout=1", null)).isEqualTo(403);
      assertThat(status("DELETE", "/containers/" + foreign + "?force=1", null)).isEqualTo(403);
      assertThat(ask("GET", "/containers/json?all=1", null).body().toString())
          .doesNotContain(foreign);
      assertThat(
              ask("GET", "/containers/json?all=1&filters=%7B%22label%22%3A%5B%5D%7D", null)
                  .body()
                  .toString())
          .doesNotContain(foreign);
    } finally {
      engine.removeContainerCmd(foreign).withForce(true).exec();
    }
  }

  @Test
  void aVolumeCannotBeAFolderOfTheHost() {
    JsonObject volume =
        new JsonObject()
            .put("Name", GuardedEngine.VOLUME + "-etc")
            .put("Labels", new JsonObject().put("berth.instance", GuardedEngine.INSTANCE))
            .put(
                "DriverOpts",
                new JsonObject().put("type", "none").put("o", "bind").put("device", "/etc"));

    assertThat(status("POST", "/volumes/create", volume)).isEqualTo(403);
  }

  @Test
  void aVolumeThatIsAFolderOfTheHostIsNotMountedEither() {
    String name = GuardedEngine.VOLUME + "-trap";
    engine
        .createVolumeCmd()
        .withName(name)
        .withLabels(OURS)
        .withDriverOpts(Map.of("type", "none", "o", "bind", "device", "/etc"))
        .exec();
    try {
      JsonObject desktop = GuardedEngine.desktop();
      desktop.getJsonObject("HostConfig").put("Binds", new JsonArray().add(name + ":/home/x"));

      assertThat(status("POST", "/containers/create?name=escape", desktop)).isEqualTo(403);
    } finally {
      engine.removeVolumeCmd(name).exec();
    }
  }

  @Test
  void aNetworkOnWhichDesktopsSeeEachOtherIsRefused() {
    JsonObject network =
        new JsonObject()
            .put("Name", "berth-" + GuardedEngine.INSTANCE)
            .put("Labels", new JsonObject().put("berth.instance", GuardedEngine.INSTANCE));

    assertThat(status("POST", "/networks/create", network)).isEqualTo(403);
  }

  @Test
  void aClientOfSessionServiceHearsWhy() {
    assertThatThrownBy(() -> guarded.listNetworksCmd().exec())
        .isInstanceOf(DockerException.class)
        .hasMessageContaining("refused by Berth's engine guard");
  }

  @Test
  void onlyItsOwnGroupMayOpenTheSocket() throws Exception {
    Path socket = GuardedEngine.SOCKET;

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
        .isEqualTo("rw-rw----");
  }

  private int status(
      String method, String uri, @org.jspecify.annotations.Nullable JsonObject body) {
    return ask(method, uri, body).status();
  }

  private EngineSocket.Said ask(
      String method, String uri, @org.jspecify.annotations.Nullable JsonObject body) {
    var bytes = body == null ? io.vertx.core.buffer.Buffer.buffer() : body.toBuffer();
    return guard
        .ask(new EngineSocket.Asked(method, uri, bytes))
        .toCompletionStage()
        .toCompletableFuture()
        .join();
  }

  private static JsonObject published(String address, String port) {
    return new JsonObject()
        .put(
            "6901/tcp",
            new JsonArray().add(new JsonObject().put("HostIp", address).put("HostPort", port)));
  }

  private static Arguments host(String what, String field, Object value) {
    Consumer<JsonObject> change = desktop -> desktop.getJsonObject("HostConfig").put(field, value);
    return arguments(what, change);
  }

  private static Arguments top(String what, String field, Object value) {
    Consumer<JsonObject> change = desktop -> desktop.put(field, value);
    return arguments(what, change);
  }
}
