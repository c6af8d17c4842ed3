package io.berth.session.api;

import static io.restassured.RestAssured.given;

import io.berth.session.environment.Eventually;
import io.berth.session.environment.Tokens;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.Set;

/** The API as one person calls it. */
record Api(String slug, Set<String> groups) {

  Api(String slug) {
    this(slug, Set.of());
  }

  Response launch(String type) {
    return given()
        .auth()
        .oauth2(Tokens.of(slug, groups))
        .contentType(ContentType.JSON)
        .body("{\"desktopType\": \"" + type + "\"}")
        .post("/api/v1/sessions");
  }

  Response get(String path) {
    return given().auth().oauth2(Tokens.of(slug, groups)).get(path);
  }

  Response session(String id) {
    return get("/api/v1/sessions/" + id);
  }

  Response stop(String id) {
    return given()
        .auth()
        .oauth2(Tokens.of(slug, groups))
        .header("X-Berth-Request", "1")
        .delete("/api/v1/sessions/" + id);
  }

  /** {@code move} is pause, resume, restart or extend. */
  Response ask(String id, String move) {
    return given()
        .auth()
        .oauth2(Tokens.of(slug))
        .header("X-Berth-Request", "1")
        .post("/api/v1/sessions/" + id + "/" + move);
  }

  /** Waits until a session is in a state. */
  JsonPath await(String id, String state) {
    return Eventually.get(
        () -> session(id).jsonPath(), json -> state.equals(json.getString("state")));
  }
}
