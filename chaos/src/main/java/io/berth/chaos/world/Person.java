package io.berth.chaos.world;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.berth.common.LoginCookie;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Somebody with a login, who asks session-service for desktops and opens them through the edge.
 *
 * @param slug their name in addresses
 * @param token their login token
 */
public record Person(UUID id, String slug, String token) {

  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final HttpClient CLIENT =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(3))
          .build();
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * What came back.
   *
   * @param status 0 if nothing did
   */
  public record Answer(int status, String body) {

    public JsonNode json() {
      try {
        return JSON.readTree(body);
      } catch (IOException e) {
        throw new IllegalStateException(this + " is no JSON", e);
      }
    }
  }

  static UUID idOf(String slug) {
    return UUID.nameUUIDFromBytes(slug.getBytes(StandardCharsets.UTF_8));
  }

  /** Where their desktop of a type is. */
  public String path(String type) {
    return slug + "-" + type;
  }

  /** Asks a replica at this port for a desktop. */
  public Answer launch(int port, String type) {
    return ask("POST", port, "/sessions", "{\"desktopType\":\"%s\"}".formatted(type));
  }

  /** The same, without waiting for an answer that may never come. */
  public CompletableFuture<Answer> launching(int port, String type) {
    return CompletableFuture.supplyAsync(() -> launch(port, type), Person::later);
  }

  public Answer stop(int port, UUID session) {
    return ask("DELETE", port, "/sessions/" + session, null);
  }

  public CompletableFuture<Answer> stopping(int port, UUID session) {
    return CompletableFuture.supplyAsync(() -> stop(port, session), Person::later);
  }

  /** Asks for a move of a session: pause, resume or restart. */
  public CompletableFuture<Answer> asking(int port, UUID session, String move) {
    return CompletableFuture.supplyAsync(
        () -> ask("POST", port, "/sessions/%s/%s".formatted(session, move), null), Person::later);
  }

  /** Asks session-service's API, past the edge. */
  public Answer ask(String method, int port, String path, @Nullable String json) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/api/v1%s".formatted(port, path)))
            .header("Authorization", "Bearer " + token)
            .header("X-Berth-Request", "1")
            .method(method, json == null ? BodyPublishers.noBody() : BodyPublishers.ofString(json));
    if (json != null) {
      request.header("Content-Type", "application/json");
    }
    return send(request);
  }

  /** Opens an address of a desktop through the edge at this port, as a program would. */
  public Answer visit(int edge, String path, String rest) {
    return send(
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:%d/desktop/%s%s".formatted(edge, path, rest)))
            .header("Cookie", LoginCookie.PLAIN + "=" + token)
            .header("Accept", "application/json"));
  }

  /** Writes a note into the home of a desktop. */
  public Answer note(int edge, String path, String words) {
    return send(
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:%d/desktop/%s/note".formatted(edge, path)))
            .header("Cookie", LoginCookie.PLAIN + "=" + token)
            .header("Accept", "application/json")
            .POST(BodyPublishers.ofString(words)));
  }

  private static Answer send(HttpRequest.Builder request) {
    try {
      var response = CLIENT.send(request.timeout(PATIENCE).build(), BodyHandlers.ofString());
      return new Answer(response.statusCode(), response.body());
    } catch (IOException e) {
      return new Answer(0, String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Answer(0, "interrupted");
    }
  }

  private static void later(Runnable work) {
    Thread.ofVirtual().start(work);
  }

  /** Without the token. */
  @Override
  public String toString() {
    return slug;
  }
}
