package io.berth.session.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.session.environment.Engine;
import io.berth.session.environment.Eventually;
import io.berth.session.environment.TestEnvironment;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Sixteen people at a time on the real engine. */
@QuarkusTest
@QuarkusTestResource(TestEnvironment.class)
class ManyDesktopsTest {

  private static final int PEOPLE = 16;

  @Test
  void sixteenDesktopsStartAndStopAtATimeWithAContainerAndAPortEach() throws Exception {
    List<Api> people =
        IntStream.range(0, PEOPLE).mapToObj(number -> new Api("crowd" + number)).toList();
    List<String> ids = each(people, api -> api.launch("test-desktop").jsonPath().getString("id"));
    // A quarter thinks better of it at once.
    for (int i = 0; i < PEOPLE; i += 4) {
      people.get(i).stop(ids.get(i));
    }
    for (int i = 0; i < PEOPLE; i++) {
      await(people.get(i), ids.get(i), i % 4 == 0 ? "stopped" : "running");
    }
    assertThat(containersOf(ids)).hasSize(PEOPLE * 3 / 4);
    assertThat(portsOf(ids)).hasSize(PEOPLE * 3 / 4).doesNotHaveDuplicates();

    each(people, api -> api.get("/api/v1/sessions").jsonPath().getString("[0].id"))
        .forEach(id -> assertThat(ids).contains(id));
    for (int i = 0; i < PEOPLE; i++) {
      people.get(i).stop(ids.get(i));
    }
    for (int i = 0; i < PEOPLE; i++) {
      await(people.get(i), ids.get(i), "stopped");
    }
    Eventually.get(() -> containersOf(ids), List::isEmpty);
  }

  private static void await(Api person, String id, String state) {
    Eventually.get(
        Duration.ofSeconds(90),
        () -> person.session(id).jsonPath().getString("state"),
        state::equals);
  }

  private static List<com.github.dockerjava.api.model.Container> containersOf(List<String> ids) {
    return Engine.containers(TestEnvironment.INSTANCE).stream()
        .filter(each -> ids.contains(each.getLabels().get("berth.session")))
        .toList();
  }

  private static List<Integer> portsOf(List<String> ids) {
    return containersOf(ids).stream()
        .flatMap(each -> List.of(each.getPorts()).stream())
        .map(port -> port.getPublicPort())
        .toList();
  }

  private static List<String> each(List<Api> people, java.util.function.Function<Api, String> call)
      throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<String>> calls =
          people.stream().<Callable<String>>map(api -> () -> call.apply(api)).toList();
      return threads.invokeAll(calls).stream().map(Future::resultNow).toList();
    }
  }
}
