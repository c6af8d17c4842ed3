package io.berth.launcher.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class KeycloakServerIT {

  private static final String PUBLIC_URL = "http://desktops.example:5006";

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @SuppressWarnings("NullAway.Init")
  private static KeycloakServer server;

  @BeforeAll
  static void start() {
    server = KeycloakServer.startTemporary(PUBLIC_URL);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void sendsBrowsersToTheEdgeAndServicesToItself() throws Exception {
    String discovery = get(server.realmUrl() + "/.well-known/openid-configuration").body();

    assertThat(discovery)
        .contains("\"issuer\":\"" + PUBLIC_URL + "/idp/realms/berth\"")
        .contains(
            "\"authorization_endpoint\":\""
                + PUBLIC_URL
                + "/idp/realms/berth/protocol/openid-connect/auth\"")
        .contains("\"token_endpoint\":\"" + server.realmUrl() + "/protocol/openid-connect/token\"")
        .contains("\"backchannel_logout_supported\":true");
  }

  @Test
  void showsTheSignInPageForTheClientsOwnAddressOnly() throws Exception {
    assertThat(get(authorization(PUBLIC_URL + "/auth/callback", PKCE)))
        .satisfies(page -> {
          assertThat(page.statusCode()).isEqualTo(200);
          assertThat(page.body()).contains("name=\"password\"");
        });
    assertThat(get(authorization("http://evil.example/", "")).statusCode()).isEqualTo(400);
  }

  @Test
  void followsAPublicUrlThatChanges() throws Exception {
    String moved = "http://moved.example:5006";
    assertThat(get(authorization(moved + "/auth/callback", PKCE)).statusCode()).isEqualTo(400);
    try {
      new ClientAddresses(server.settings().at(moved)).keepCurrent();

      assertThat(get(authorization(moved + "/auth/callback", PKCE)).statusCode()).isEqualTo(200);
      assertThat(get(authorization(moved + "/auth/callback", "")).statusCode()).isEqualTo(302);
      assertThat(get(authorization(PUBLIC_URL + "/auth/callback", PKCE)).statusCode())
          .isEqualTo(400);
    } finally {
      new ClientAddresses(server.settings()).keepCurrent();
    }
  }

  @Test
  void requiresTheCodeChallenge() throws Exception {
    HttpResponse<String> answer = get(authorization(PUBLIC_URL + "/auth/callback", ""));

    assertThat(answer.statusCode()).isEqualTo(302);
    assertThat(answer.headers().firstValue("Location").orElse(""))
        .contains("error=invalid_request");
  }

  private static final String PKCE =
      "&code_challenge_method=S256&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

  private static String authorization(String redirect, String more) {
    return server.realmUrl()
        + "/protocol/openid-connect/auth?client_id=berth&response_type=code&scope=openid&state=s"
        + "&redirect_uri="
        + URLEncoder.encode(redirect, StandardCharsets.UTF_8)
        + more;
  }

  private static HttpResponse<String> get(String url) throws IOException, InterruptedException {
    return CLIENT.send(
        HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
  }
}
