package io.berth.session.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Ulimit;
import io.berth.session.environment.Engine;
import io.berth.session.environment.Eventually;
import io.berth.session.environment.TestEnvironment;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestEnvironment.class)
class LifecycleThroughTheApiTest {

  @Test
  void aDesktopIsLaunchedEnteredAndStopped() {
    Api alice = new Api("alice");
    var launched = alice.launch("test-desktop");
    assertThat(launched.statusCode()).isEqualTo(201);
    String id = launched.jsonPath().getString("id");

    JsonPath running = alice.await(id, "running");
    assertThat(running.getString("url"))
        .isEqualTo("http://localhost:5006/desktop/alice-test-desktop");
    assertThat(running.getString("path")).isEqualTo("alice-test-desktop");
    assertThat(running.getString("startedAt")).isNotNull();
    assertThat(containersOf(id)).hasSize(1);

    assertThat(alice.stop(id).statusCode()).isEqualTo(200);
    JsonPath stopped = alice.await(id, "stopped");
    assertThat(stopped.getString("endedAt")).isNotNull();
    assertThat(stopped.getString("reason")).isNull();
    assertThat(containersOf(id)).isEmpty();
  }

  @Test
  void askingAgainGivesTheSameSessionAndAfterItsEndANewOne() {
    Api bob = new Api("bob");
    String first = bob.launch("test-desktop").jsonPath().getString("id");
    var again = bob.launch("test-desktop");
    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(again.jsonPath().getString("id")).isEqualTo(first);

    bob.await(first, "running");
    bob.stop(first);
    var next = bob.launch("test-desktop"); // waits for the first one's end
    assertThat(next.statusCode()).isEqualTo(201);
    String second = next.jsonPath().getString("id");
    assertThat(second).isNotEqualTo(first);
    bob.await(second, "running");
    bob.stop(second);
    bob.await(second, "stopped");
  }

  @Test
  void manyRequestsAtOnceMakeOneSessionAndOneContainer() throws Exception {
    Api carol = new Api("carol");
    List<String> ids;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<String>> calls =
          IntStream.range(0, 12)
              .<Callable<String>>mapToObj(
                  i -> () -> carol.launch("test-desktop").jsonPath().getString("id"))
              .toList();
      ids =
          threads.invokeAll(calls).stream()
              .map(java.util.concurrent.Future::resultNow)
              .distinct()
              .toList();
    }
    assertThat(ids).hasSize(1);
    carol.await(ids.getFirst(), "running");
    assertThat(containersOf(ids.getFirst())).hasSize(1);
    carol.stop(ids.getFirst());
    carol.await(ids.getFirst(), "stopped");
  }

  @Test
  void aContainerCanDoLittle() {
    Api dave = new Api("dave");
    String id = dave.launch("test-desktop").jsonPath().getString("id");
    dave.await(id, "running");
    InspectContainerResponse seen =
        Engine.docker().inspectContainerCmd(containersOf(id).getFirst()).exec();
    HostConfig host = seen.getHostConfig();
    assertThat(seen.getName()).matches("/kasm-dave-test-desktop-[0-9a-f]{6}");
    assertThat(seen.getConfig().getUser()).isEqualTo("1000");
    assertThat(host.getPrivileged()).isFalse();
    assertThat(host.getIpcMode()).isEqualTo("private");
    assertThat(List.of(host.getPidMode(), host.getUsernsMode())).containsOnly("");
    assertThat(host.getCgroupnsMode()).isEqualTo("private");
    assertThat(host.getDevices()).isNullOrEmpty();
    assertThat(host.getUlimits())
        .extracting(Ulimit::getName, Ulimit::getSoftLong, Ulimit::getHardLong)
        .containsExactly(tuple("nofile", 16_384L, 16_384L));
    assertThat(host.getOomScoreAdj()).isEqualTo(500);
    assertThat(host.getCapDrop()).containsExactly(Capability.ALL);
    assertThat(host.getCapAdd()).isNullOrEmpty();
    assertThat(host.getSecurityOpts()).containsExactly("no-new-privileges");
    assertThat(host.getMemory()).isEqualTo(256L << 20);
    assertThat(host.getNanoCPUs()).isEqualTo(2_000_000_000L);
    assertThat(host.getPidsLimit()).isEqualTo(200L);
    assertThat(host.getShmSize()).isEqualTo(16L << 20);
    assertThat(host.getRestartPolicy().getName()).isIn("no", "");
    assertThat(host.getNetworkMode()).isEqualTo("berth-" + TestEnvironment.INSTANCE);
    assertThat(host.getBinds())
        .allSatisfy(bind ->
            assertThat(bind.getPath()).startsWith("berth-" + TestEnvironment.INSTANCE + "-home-"))
        .hasSize(1);
    assertThat(host.getPortBindings().getBindings().get(ExposedPort.tcp(6901)))
        .singleElement()
        .satisfies(binding -> assertThat(binding.getHostIp()).isEqualTo("127.0.0.1"));
    assertThat(seen.getConfig().getLabels())
        .containsEntry("berth.session", id)
        .containsEntry("berth.instance", TestEnvironment.INSTANCE)
        .containsKeys("berth.generation", "berth.owner");
    assertThat(
            Engine.docker()
                .inspectNetworkCmd()
                .withNetworkId("berth-" + TestEnvironment.INSTANCE)
                .exec()
                .getOptions())
        .containsEntry("com.docker.network.bridge.enable_icc", "false");
    dave.stop(id);
    dave.await(id, "stopped");
  }

  @Test
  void aTypesOwnLimitsAreThoseOfItsContainer() {
    Api dora = new Api("dora");
    String id = dora.launch("test-hardened").jsonPath().getString("id");
    dora.await(id, "running");
    HostConfig host =
        Engine.docker().inspectContainerCmd(containersOf(id).getFirst()).exec().getHostConfig();
    assertThat(host.getUlimits()).extracting(Ulimit::getHardLong).containsExactly(4096L);
    assertThat(host.getOomScoreAdj()).isEqualTo(900);
    assertThat(host.getCapAdd()).extracting(Capability::name).containsExactly("CHOWN");
    assertThat(host.getReadonlyRootfs()).isTrue();
    assertThat(host.getTmpFs().get("/tmp")).contains("nosuid", "nodev", "size=8388608");
    assertThat(host.getExtraHosts()).containsExactly("git.example:203.0.113.7");
    assertThat(host.getSecurityOpts())
        .containsExactly("no-new-privileges", "seccomp={\"defaultAction\":\"SCMP_ACT_ALLOW\"}");
    dora.stop(id);
    dora.await(id, "stopped");
  }

  @Test
  void aContainerThatDiesAtStartSaysWhyWithoutItsPassword() {
    Api erin = new Api("erin");
    String id = erin.launch("test-dies").jsonPath().getString("id");
    JsonPath failed = erin.await(id, "failed");
    assertThat(failed.getString("reason"))
        .contains("exit code 3", "cannot open display", "***")
        .doesNotMatch(".*[A-Za-z0-9]{24}.*");
    assertThat(containersOf(id)).isEmpty();
  }

  @Test
  void aDesktopThatNeverAnswersFailsInTime() {
    Api frank = new Api("frank");
    String id = frank.launch("test-silent").jsonPath().getString("id");
    assertThat(frank.await(id, "failed").getString("reason")).contains("did not answer within 3 s");
    assertThat(containersOf(id)).isEmpty();
  }

  @Test
  void anImageThatCannotBeHadFailsWithTheNextStep() {
    Api grace = new Api("grace");
    String id = grace.launch("test-missing").jsonPath().getString("id");
    assertThat(grace.await(id, "failed").getString("reason"))
        .contains("can't be pulled", "Next step");
  }

  @Test
  void theStandInTakesThePlaceOfAnImageThatIsNotHere() {
    Api heidi = new Api("heidi");
    String id = heidi.launch("test-stand-in").jsonPath().getString("id");
    heidi.await(id, "running");
    heidi.stop(id);
    heidi.await(id, "stopped");
  }

  @Test
  void aDesktopThatEndsByItselfIsNoticed() {
    Api ivan = new Api("ivan");
    String id = ivan.launch("test-desktop").jsonPath().getString("id");
    ivan.await(id, "running");
    Engine.docker().killContainerCmd(containersOf(id).getFirst()).exec();
    assertThat(ivan.await(id, "failed").getString("reason")).contains("exit code 137");
    assertThat(containersOf(id)).isEmpty();
  }

  @Test
  void aDesktopIsPausedResumedAndRestartedAtTheSameAddress() {
    Api kim = new Api("kim");
    String id = kim.launch("test-desktop").jsonPath().getString("id");
    kim.await(id, "running");
    assertThat(kim.ask(id, "pause").statusCode()).isEqualTo(202);
    String url = kim.await(id, "paused").getString("url");

    var again = kim.launch("test-desktop"); // asking for it again wakes it
    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(again.jsonPath().getString("id")).isEqualTo(id);
    assertThat(kim.await(id, "running").getString("url")).isEqualTo(url);

    assertThat(kim.ask(id, "restart").statusCode()).isEqualTo(202);
    kim.await(id, "running");
    assertThat(new Api("eve").ask(id, "pause").statusCode()).isEqualTo(404);
    kim.stop(id);
    JsonPath stopped = kim.await(id, "stopped");
    assertThat(stopped.getString("endedBy")).isEqualTo("person");
    assertThat(stopped.getString("endedByActor")).isEqualTo("kim");
    var late = kim.ask(id, "pause");
    assertThat(late.statusCode()).isEqualTo(409);
    assertThat(late.jsonPath().getString("type")).isEqualTo("/problems/not-from-here");
    assertThat(late.jsonPath().getString("nextStep")).contains("POST /api/v1/sessions");
  }

  @Test
  void aLaunchIsCancelledAtAnyTime() {
    Api judy = new Api("judy");
    List<String> ids =
        Stream.of("test-silent", "test-missing", "test-desktop")
            .map(type -> judy.launch(type).jsonPath().getString("id"))
            .toList();
    ids.forEach(judy::stop);
    ids.forEach(id ->
        Eventually.get(
            () -> judy.session(id).jsonPath().getString("state"),
            state -> state.equals("stopped") || state.equals("failed")));
    ids.forEach(id -> assertThat(containersOf(id)).isEmpty());
  }

  private static List<String> containersOf(String sessionId) {
    return Engine.containers(TestEnvironment.INSTANCE).stream()
        .filter(each -> sessionId.equals(each.getLabels().get("berth.session")))
        .map(com.github.dockerjava.api.model.Container::getId)
        .toList();
  }
}
