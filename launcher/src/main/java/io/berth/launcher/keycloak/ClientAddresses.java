package io.berth.launcher.keycloak;

import io.berth.launcher.console.Failure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Keeps the addresses of the client {@code berth} right. A realm is imported only once, so a public
 * URL or port that changes later would be refused at sign-in.
 */
final class ClientAddresses {

  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final Pattern ID =
      Pattern.compile("^\\s*\\[\\s*\\{\\s*\"id\"\\s*:\\s*\"([^\"]+)\"");

  private final KeycloakSettings settings;
  private final Path kept;
  private final HttpClient client = HttpClient.newBuilder().connectTimeout(LIMIT).build();

  ClientAddresses(KeycloakSettings settings) {
    this.settings = settings;
    this.kept = settings.home().resolve("client-addresses");
  }

  /** Tells Keycloak where Berth is now, unless it was told before. */
  void keepCurrent() {
    String wanted = settings.publicUrl() + " " + settings.authServiceUrl();
    try {
      if (Files.exists(kept) && Files.readString(kept).equals(wanted)) {
        return;
      }
      update();
      Files.writeString(kept, wanted);
    } catch (IOException e) {
      throw new Failure(
          "Keycloak could not be told Berth's address (%s): see %s, then try again."
              .formatted(e.getMessage(), settings.log()),
          e);
    }
  }

  private void update() throws IOException {
    String base = "http://127.0.0.1:%d/idp".formatted(settings.port());
    String token = new LauncherToken(settings.port(), settings.secret("launcher")).get();
    String clients = base + "/admin/realms/berth/clients";
    String id = first(ID, send(authorized(clients + "?clientId=berth", token).GET()));
    var _ =
        send(
            authorized(clients + "/" + id, token)
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(representation())));
  }

  /** What is left out stays as it is. */
  private String representation() {
    String publicUrl = settings.publicUrl();
    return """
    {"clientId":"berth","baseUrl":"%s/","redirectUris":["%s/auth/callback"],"attributes":{\
    "pkce.code.challenge.method":"S256","post.logout.redirect.uris":"%s/*",\
    "backchannel.logout.url":"%s/auth/backchannel-logout",\
    "backchannel.logout.session.required":"true"}}\
    """
        .formatted(publicUrl, publicUrl, publicUrl, settings.authServiceUrl());
  }

  private static HttpRequest.Builder authorized(String url, String token) {
    return HttpRequest.newBuilder(URI.create(url)).header("Authorization", "Bearer " + token);
  }

  private String send(HttpRequest.Builder request) throws IOException {
    try {
      HttpResponse<String> response =
          client.send(request.timeout(LIMIT).build(), HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() >= 300) {
        throw new IOException("it answered " + response.statusCode());
      }
      return response.body();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static String first(Pattern pattern, String text) throws IOException {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      throw new IOException("an unexpected answer");
    }
    return matcher.group(1);
  }
}
