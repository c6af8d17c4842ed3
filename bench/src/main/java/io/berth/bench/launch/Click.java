package io.berth.bench.launch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.berth.bench.load.WrongAnswer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** One person who asks for a desktop, sees its first byte, and stops it. */
final class Click {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final long LOOK_MILLIS = 4;

  private final HttpClient client;
  private final SmallBerth berth;
  private final ObjectMapper json = new ObjectMapper();

  Click(HttpClient client, SmallBerth berth) {
    this.client = client;
    this.berth = berth;
  }

  /** Nanoseconds from the request for a desktop to its first byte at its address. */
  long take(int person, String type) throws IOException, InterruptedException {
    String cookie = "berth=" + berth.token(person);
    // A person's browser has its connection, and the edge knows their login, from the portal.
    send(request("/api/v1/sessions", cookie).GET().build(), 200);

    long start = System.nanoTime();
    JsonNode session =
        send(
            request("/api/v1/sessions", cookie)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"desktopType\": \"" + type + "\"}"))
                .build(),
            201);
    HttpRequest visit =
        request("/desktop/" + SmallBerth.slug(person) + "-" + type + "/", cookie).GET().build();
    while (!isDesktop(client.send(visit, BodyHandlers.ofString()))) {
      if (System.nanoTime() - start > LIMIT.toNanos()) {
        throw new WrongAnswer("no desktop within " + LIMIT + ": " + session);
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
    long taken = System.nanoTime() - start;
    stop(session.get("id").asText(), cookie);
    return taken;
  }

  private void stop(String id, String cookie) throws IOException, InterruptedException {
    String address = "/api/v1/sessions/" + id;
    send(request(address, cookie).header("X-Berth-Request", "1").DELETE().build(), 200);
    long end = System.nanoTime() + LIMIT.toNanos();
    while (!send(request(address, cookie).GET().build(), 200)
        .get("state")
        .asText()
        .equals("stopped")) {
      if (System.nanoTime() > end) {
        throw new WrongAnswer("session " + id + " did not stop");
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  private HttpRequest.Builder request(String address, String cookie) {
    return HttpRequest.newBuilder(URI.create(berth.origin() + address))
        .timeout(LIMIT)
        .header("Cookie", cookie)
        .header("Accept", "application/json");
  }

  private JsonNode send(HttpRequest request, int status) throws IOException, InterruptedException {
    HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
    if (answer.statusCode() != status) {
      throw new WrongAnswer(
          request.method()
              + " "
              + request.uri()
              + ": "
              + answer.statusCode()
              + " "
              + answer.body());
    }
    return json.readTree(answer.body());
  }

  private static boolean isDesktop(HttpResponse<String> answer) {
    return answer.statusCode() == 200 && answer.body().equals("desktop");
  }
}
