package io.berth.session.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.session.environment.TestEnvironment;
import io.berth.session.environment.Tokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Desktop type test-group is for painters and sculptors. */
@QuarkusTest
@QuarkusTestResource(TestEnvironment.class)
class AccessTest {

  private static final String TYPE = "test-group";

  private final Api outsider = new Api("outsider", Set.of("poets"));

  @Test
  void aTypeForGroupsIsListedForTheirMembersOnly() {
    assertThat(listed(new Api("painter", Set.of("painters")))).contains(TYPE, "test-desktop");
    assertThat(listed(new Api("sculptor", Set.of("/sculptors")))).contains(TYPE);
    assertThat(listed(outsider)).doesNotContain(TYPE).contains("test-desktop");
    assertThat(listed(new Api("nobody"))).doesNotContain(TYPE);
  }

  @Test
  void anOutsiderIsRefusedAndToldWhatToDo() {
    Response refused = outsider.launch(TYPE);

    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.jsonPath().getString("type")).isEqualTo("/problems/desktop-type-not-open");
    assertThat(refused.jsonPath().getString("nextStep"))
        .contains("administrator", "sign out and in");
  }

  @Test
  void aMemberLaunchesIt() {
    Api painter = new Api("painter", Set.of("painters", "poets"));
    Response launched = painter.launch(TYPE);
    assertThat(launched.statusCode()).isEqualTo(201);
    String id = launched.jsonPath().getString("id");
    painter.stop(id);
    painter.await(id, "stopped");
  }

  @Test
  void aVisitToItsAddressStartsNothingForAnOutsider() {
    Response page = visit(outsider, "text/html");
    assertThat(page.statusCode()).isEqualTo(403);
    assertThat(page.asString()).contains("for certain groups").doesNotContain(" data-starts");

    assertThat(visit(outsider, "application/json").jsonPath().getString("type"))
        .isEqualTo("/problems/desktop-type-not-open");
    assertThat(visit(new Api("outsider", Set.of("painters")), "text/html").asString())
        .contains(" data-starts");
  }

  @Test
  void theFormStartsNothingForAnOutsider() {
    Response refused =
        given()
            .auth()
            .oauth2(Tokens.of("outsider", Set.of()))
            .header("Origin", "http://localhost:5006")
            .contentType(ContentType.URLENC)
            .formParam("desktopType", TYPE)
            .post("/portal/start");

    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.asString()).contains("for certain groups");
  }

  @Test
  void aGroupsNameMakesNobodyAnAdministrator() {
    Response me = new Api("sly", Set.of("admin", "painters")).get("/api/v1/me");

    assertThat(me.jsonPath().getList("roles", String.class)).containsExactly("user");
  }

  private static List<String> listed(Api who) {
    return who.get("/api/v1/desktop-types").jsonPath().getList("name", String.class);
  }

  private static Response visit(Api who, String accept) {
    return given()
        .auth()
        .oauth2(Tokens.of(who.slug(), who.groups()))
        .header("Sec-Fetch-Site", "none")
        .header("Sec-Fetch-Mode", accept.equals("text/html") ? "navigate" : "cors")
        .header("Accept", accept)
        .get("/desktop/" + who.slug() + "-" + TYPE);
  }
}
