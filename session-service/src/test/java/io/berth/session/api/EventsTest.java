package io.berth.session.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.session.environment.Eventually;
import io.berth.session.environment.TestEnvironment;
import io.berth.session.environment.Tokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Scanner;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestEnvironment.class)
class EventsTest {

  @TestHTTPResource("/api/v1/sessions/events")
  URI events = URI.create("http://set-by-quarkus");

  @Test
  void aStreamTellsWhatIsThereAndThenEachChangeOfOnesOwn() throws Exception {
    Api alice = new Api("alice-of-events");
    Api bob = new Api("bob-of-events");
    String before = alice.launch("test-missing").jsonPath().getString("id");
    alice.await(before, "failed");

    try (HttpClient client = HttpClient.newHttpClient()) {
      List<String> heard = listen(client, alice);
      Eventually.get(() -> heard, lines -> lines.stream().anyMatch(line -> line.contains(before)));
      String others = bob.launch("test-missing").jsonPath().getString("id");
      String own = alice.launch("test-second").jsonPath().getString("id");
      Eventually.get(() -> heard, lines -> lines.stream().anyMatch(is(own, "running")));
      alice.stop(own);
      Eventually.get(() -> heard, lines -> lines.stream().anyMatch(is(own, "stopped")));
      assertThat(heard).noneMatch(line -> line.contains(others));
      client.shutdownNow();
    }
  }

  private static java.util.function.Predicate<String> is(String id, String state) {
    return line -> line.contains(id) && line.contains("\"state\":\"" + state + "\"");
  }

  private List<String> listen(HttpClient client, Api who) throws Exception {
    HttpResponse<InputStream> response =
        client.send(
            HttpRequest.newBuilder(events)
                .header("Authorization", "Bearer " + Tokens.of(who.slug()))
                .build(),
            BodyHandlers.ofInputStream());
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type").orElse(""))
        .startsWith("text/event-stream");
    List<String> heard = new CopyOnWriteArrayList<>();
    Thread.ofVirtual().start(() -> read(response.body(), heard));
    return heard;
  }

  private static void read(InputStream body, List<String> heard) {
    try (Scanner lines = new Scanner(body, StandardCharsets.UTF_8)) {
      while (lines.hasNextLine()) {
        heard.add(lines.nextLine());
      }
    }
  }
}
