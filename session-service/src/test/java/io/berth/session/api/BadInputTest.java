package io.berth.session.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.session.environment.TestEnvironment;
import io.berth.session.environment.Tokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(TestEnvironment.class)
class BadInputTest {

  private final Api alice = new Api("alice-of-bad-input");

  @Test
  void anUnknownDesktopTypeIsAProblemWithANextStep() {
    isProblem(alice.launch("windows-95"), 404, "unknown-desktop-type");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "[]",
        "\"text\"",
        "{\"desktopType\": {}}",
        "{\"desktopType\": null}",
        "{}",
        ""
      })
  void aBodyThatIsNotWhatTheCallTakesIsAProblem(String body) {
    isProblem(post(body), 400, "bad-request");
  }

  @Test
  void aFormOfAnotherSiteChangesNothing() {
    Response response =
        given()
            .auth()
            .oauth2(Tokens.of(alice.slug()))
            .contentType(ContentType.URLENC)
            .formParam("desktopType", "test-desktop")
            .post("/api/v1/sessions");
    assertThat(response.statusCode()).isIn(403, 415);
    assertThat(response.contentType()).startsWith("application/problem+json");
  }

  @Test
  void aStopWithoutProofOfOriginIsRefused() {
    Response response =
        given()
            .auth()
            .oauth2(Tokens.of(alice.slug()))
            .delete("/api/v1/sessions/" + UUID.randomUUID());
    isProblem(response, 403, "no-proof-of-origin");
  }

  static Stream<String> badTokens() {
    return Stream.of(
        Tokens.expired("mallory"),
        Tokens.forAnotherAudience("mallory"),
        Tokens.ofAnotherIssuer("mallory"),
        Tokens.signedByAnother("mallory"),
        Tokens.unsigned("mallory"),
        Tokens.signedWithASharedSecret("mallory"),
        "nonsense");
  }

  @ParameterizedTest
  @MethodSource("badTokens")
  void aTokenThatIsNotOursIsRefused(String token) {
    isProblem(given().auth().oauth2(token).get("/api/v1/me"), 401, "not-signed-in");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/me",
        "/api/v1/desktop-types",
        "/api/v1/sessions",
        "/api/v1/sessions/events",
        "/desktop/alice-x"
      })
  void nothingIsThereForSomebodyWhoIsNotSignedIn(String path) {
    isProblem(given().get(path), 401, "not-signed-in");
  }

  @Test
  void aForeignSessionLooksLikeNone() {
    Api bob = new Api("bob-of-bad-input");
    String id = alice.launch("test-missing").jsonPath().getString("id");
    Response foreign = bob.session(id);
    Response none = bob.session(UUID.randomUUID().toString());
    isProblem(foreign, 404, "unknown-session");
    assertThat(foreign.body().asString()).isEqualTo(none.body().asString());
    assertThat(bob.stop(id).body().asString()).isEqualTo(none.body().asString());
    assertThat(bob.session("not-an-id").body().asString()).isEqualTo(none.body().asString());
    alice.await(id, "failed");
  }

  @Test
  void anUnknownAddressIsAProblemToo() {
    isProblem(alice.get("/api/v1/nothing"), 404, "not-found");
  }

  @Test
  void theApiIsDescribed() {
    assertThat(
            given()
                .accept("application/json")
                .get("/api/openapi?format=json")
                .jsonPath()
                .getMap("paths"))
        .containsKeys("/api/v1/sessions", "/api/v1/sessions/{id}", "/api/v1/sessions/events");
    assertThat(given().get("/api/docs/").statusCode()).isEqualTo(200);
  }

  private Response post(String body) {
    return given()
        .auth()
        .oauth2(Tokens.of(alice.slug()))
        .contentType(ContentType.JSON)
        .body(body)
        .post("/api/v1/sessions");
  }

  private static void isProblem(Response response, int status, String name) {
    assertThat(response.statusCode()).as(response.body().asString()).isEqualTo(status);
    assertThat(response.contentType()).startsWith("application/problem+json");
    assertThat(response.jsonPath().getString("type")).isEqualTo("/problems/" + name);
    assertThat(response.jsonPath().getString("nextStep")).isNotBlank();
  }
}
