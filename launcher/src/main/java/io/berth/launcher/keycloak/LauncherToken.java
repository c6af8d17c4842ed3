package io.berth.launcher.keycloak;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An access token of the client {@code berth-launcher}, for a few minutes: of an administrator of
 * Berth, and of one who may manage clients in Keycloak.
 *
 * @param port of Keycloak
 * @param secret of the client
 */
public record LauncherToken(int port, String secret) {

  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final Pattern TOKEN = Pattern.compile("\"access_token\":\"([^\"]+)\"");

  /** Asks Keycloak for one. */
  public String get() throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(
                    "http://127.0.0.1:%d/idp/realms/berth/protocol/openid-connect/token"
                        .formatted(port)))
            .timeout(LIMIT)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "grant_type=client_credentials&client_id=berth-launcher&client_secret="
                        + secret))
            .build();
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(LIMIT).build()) {
      HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
      Matcher token = TOKEN.matcher(response.body());
      if (!token.find()) {
        throw new IOException("Keycloak answered " + response.statusCode());
      }
      return token.group(1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "LauncherToken[port=%d]".formatted(port);
  }
}
