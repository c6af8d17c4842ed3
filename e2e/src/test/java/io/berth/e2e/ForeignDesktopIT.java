package io.berth.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Browser;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Suite.class)
class ForeignDesktopIT {

  private static final String HERS = "/desktop/alice-ubuntu-desktop/";

  @Test
  void bobFindsNothingAtAlicesAddress(RunningBerth berth, Browser browser) {
    try (Person alice = Person.signedIn(berth, browser, "alice");
        Person bob = Person.signedIn(berth, browser, "bob")) {
      alice.launch("ubuntu-desktop");
      assertThat(alice.get(HERS + "package.json").status()).isEqualTo(200);
      assertThat(handshake(berth, alice.cookies())).isEqualTo(101);

      APIResponse foreign = bob.get(HERS + "package.json");

      assertThat(foreign.status()).isEqualTo(404);
      assertThat(bob.get("/desktop/nobody-ubuntu-desktop/package.json").text())
          .isEqualTo(foreign.text());
      assertThat(handshake(berth, bob.cookies())).isEqualTo(404);
      alice.stop("ubuntu-desktop");
    }
  }

  @Test
  void withoutACookieANavigationIsSentToSignInAndAnythingElseRefused(RunningBerth berth)
      throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      assertThat(status(client, berth.url() + HERS, "text/html")).isEqualTo(302);
      assertThat(status(client, berth.url() + HERS + "package.json", "application/json"))
          .isEqualTo(401);
      assertThat(handshake(berth, "")).isEqualTo(401);
    }
  }

  private static int status(HttpClient client, String url, String accept)
      throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url)).header("Accept", accept).build();
    return client.send(request, BodyHandlers.discarding()).statusCode();
  }

  /** The status that a WebSocket handshake at alice's desktop gets. */
  private static int handshake(RunningBerth berth, String cookies) {
    URI address = URI.create(berth.url().replaceFirst("^http", "ws") + HERS + "websockify");
    try (HttpClient client = HttpClient.newHttpClient()) {
      WebSocket.Builder builder =
          client.newWebSocketBuilder().header("Origin", berth.url()).subprotocols("binary");
      if (!cookies.isEmpty()) {
        builder.header("Cookie", cookies);
      }
      WebSocket socket = builder.buildAsync(address, new WebSocket.Listener() {}).join();
      socket.abort();
      return 101;
    } catch (CompletionException e) {
      if (e.getCause() instanceof WebSocketHandshakeException refused) {
        return refused.getResponse().statusCode();
      }
      throw e;
    }
  }
}
