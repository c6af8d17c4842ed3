package io.berth.launcher.process;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Asks a service's health address. */
public record Readiness(URI address) {

  /** What a service said, or why it said nothing. */
  public sealed interface Answer {

    record Ready() implements Answer {}

    record NotYet(String reason) implements Answer {}

    /** The process is gone; waiting on is in vain. */
    record Died() implements Answer {}
  }

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
  private static final Duration PAUSE = Duration.ofMillis(150);

  public Answer ask() {
    try {
      HttpResponse<String> response =
          CLIENT.send(
              HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(5)).build(),
              HttpResponse.BodyHandlers.ofString());
      return response.statusCode() == 200
          ? new Answer.Ready()
          : new Answer.NotYet("answers " + response.statusCode());
    } catch (IOException e) {
      return new Answer.NotYet("does not answer");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Answer.NotYet("interrupted");
    }
  }

  /** Asks until it is ready, the process died or the time is over. */
  public Answer await(ProcessHandle process, Duration limit) {
    return await(this::ask, process, limit);
  }

  /** The same for what is asked in another way. */
  public static Answer await(Supplier<Answer> asking, ProcessHandle process, Duration limit) {
    Instant deadline = Instant.now().plus(limit);
    Answer answer = new Answer.NotYet("was not asked");
    while (Instant.now().isBefore(deadline) && !Thread.currentThread().isInterrupted()) {
      answer = asking.get();
      if (answer instanceof Answer.Ready) {
        return answer;
      }
      if (!process.isAlive()) {
        return new Answer.Died();
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
    return answer;
  }
}
