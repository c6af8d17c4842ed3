package io.berth.session.desktop;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.session.environment.Eventually;
import io.berth.session.environment.TestEnvironment;
import io.berth.session.environment.Tokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(TestEnvironment.class)
class DesktopAddressTest {

  private static final String ORIGIN = "http://localhost:5006";
  private static final String STARTS = " data-starts";

  @Test
  void aDesktopThatIsNobodysAndOneOfAnotherLookTheSame() {
    Response another = navigate("walter", "none").get("/desktop/bob-test-desktop");
    Response none = navigate("walter", "none").get("/desktop/walter-nothing");

    assertThat(another.statusCode()).isEqualTo(404);
    assertThat(another.contentType()).startsWith("text/html");
    assertThat(another.body().asString()).isEqualTo(none.body().asString());
  }

  @Test
  void aNavigationGetsAPageAndAProgramAProblem() {
    Response page = navigate("walter", "none").get("/desktop/walter-test-second");
    assertThat(page.statusCode()).isEqualTo(503);
    assertThat(page.contentType()).startsWith("text/html");
    assertThat(page.body().asString()).contains("is not running");

    Response problem = as("walter").accept("*/*").get("/desktop/walter-test-second");
    assertThat(problem.statusCode()).isEqualTo(503);
    assertThat(problem.contentType()).startsWith("application/problem+json");
    assertThat(problem.jsonPath().getString("type")).isEqualTo("/problems/desktop-not-running");
    assertThat(problem.header("Vary")).contains("Accept");

    Response unknown = as("walter").accept("application/json").get("/desktop/walter-nothing");
    assertThat(unknown.statusCode()).isEqualTo(404);
    assertThat(unknown.jsonPath().getString("type")).isEqualTo("/problems/not-found");
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "same-origin"})
  void aPersonsOwnVisitIsServedAPageThatStartsTheDesktop(String fetchSite) {
    String page = navigate("walter", fetchSite).get("/desktop/walter-test-second").asString();

    assertThat(page).contains(STARTS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"cross-site", "same-site"})
  void aVisitThatAnotherSiteSetOffIsServedAPageThatWaits(String fetchSite) {
    String page = navigate("walter", fetchSite).get("/desktop/walter-test-second").asString();

    assertThat(page).doesNotContain(STARTS).contains("waits for you");
  }

  @Test
  void whereBrowsersDoNotSayItTheStrictCookieTellsAPersonsOwnVisit() {
    RequestSpecification old = as("walter").accept("text/html");
    assertThat(old.get("/desktop/walter-test-second").asString()).doesNotContain(STARTS);

    RequestSpecification marked = as("walter").accept("text/html").cookie("berth-own-visit", "1");
    assertThat(marked.get("/desktop/walter-test-second").asString()).contains(STARTS);
  }

  @Test
  void theWayBackFromASignInCountsForTheDesktopThatWasWantedOnce() {
    Response back =
        navigate("walter", "cross-site")
            .cookie("berth-wanted", "walter-test-second")
            .get("/desktop/walter-test-second");
    assertThat(back.asString()).contains(STARTS);
    assertThat(back.headers().getValues("Set-Cookie"))
        .anyMatch(cookie -> cookie.startsWith("berth-wanted=;") && cookie.contains("Max-Age=0"));

    String another =
        navigate("walter", "cross-site")
            .cookie("berth-wanted", "walter-test-second")
            .get("/desktop/walter-test-desktop")
            .asString();
    assertThat(another).doesNotContain(STARTS);
  }

  @Test
  void aTypeThatTheCatalogueDoesNotStartOnAVisitWaits() {
    String page = navigate("walter", "none").get("/desktop/walter-test-missing").asString();

    assertThat(page).doesNotContain(STARTS).contains("Start Desktop test-missing");
  }

  @Test
  void lookingStartsNothing() {
    navigate("penelope", "none").get("/desktop/penelope-test-second");
    navigate("penelope", "none").get("/desktop/penelope-test-second/inside?x=y");

    assertThat(statesOf("penelope")).isEmpty();
  }

  @Test
  void theFormStartsTheDesktopAndLeadsToItsAddress() {
    Response started = form("trent", ORIGIN, "same-origin", "test-desktop");
    assertThat(started.statusCode()).isEqualTo(303);
    assertThat(started.header("Location")).isEqualTo(ORIGIN + "/desktop/trent-test-desktop");

    Response page = navigate("trent", "none").get("/desktop/trent-test-desktop");
    assertThat(page.header("Retry-After")).isEqualTo("2");
    Response problem = as("trent").accept("application/json").get("/desktop/trent-test-desktop");
    assertThat(problem.jsonPath().getString("type")).isEqualTo("/problems/desktop-starting");
    stopAll("trent");
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "http://evil.example, cross-site",
        "http://evil.example, -",
        "null, cross-site",
        "null, -",
        "-, -",
        "-, cross-site",
        "http://localhost:5006.evil.example, -",
        "http://localhost:5006, cross-site",
        "http://localhost:5006, same-site"
      })
  void anotherSitesFormStartsNothing(String origin, String fetchSite) {
    Response refused = form("valentin", origin, fetchSite, "test-desktop");

    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(statesOf("valentin")).isEmpty();
  }

  @Test
  void aFormForATypeThatIsNotThereLeadsToThePageOfUnknownAddresses() {
    Response unknown = form("valentin", ORIGIN, "same-origin", "no/such");

    assertThat(unknown.statusCode()).isEqualTo(404);
    assertThat(unknown.asString()).contains("No desktop of yours");
  }

  @Test
  void aDesktopThatFailedSaysWhyAndDoesNotStartByItself() {
    form("wendy", ORIGIN, "same-origin", "test-dies");
    Eventually.get(() -> statesOf("wendy"), states -> states.contains("failed"));

    String page = navigate("wendy", "none").get("/desktop/wendy-test-dies").asString();
    assertThat(page)
        .contains("could not be started", "cannot open display", ">Try again</button>")
        .doesNotContain(STARTS);
    Response problem = as("wendy").accept("*/*").get("/desktop/wendy-test-dies");
    assertThat(problem.jsonPath().getString("type")).isEqualTo("/problems/desktop-failed");
    assertThat(problem.jsonPath().getString("detail")).contains("cannot open display");
  }

  private static RequestSpecification as(String slug) {
    return given().auth().oauth2(Tokens.of(slug));
  }

  private static RequestSpecification navigate(String slug, String fetchSite) {
    return as(slug).header("Sec-Fetch-Mode", "navigate").header("Sec-Fetch-Site", fetchSite);
  }

  private static Response form(String slug, String origin, String fetchSite, String type) {
    RequestSpecification request =
        as(slug).redirects().follow(false).contentType(ContentType.URLENC);
    if (origin != null) {
      request.header("Origin", origin);
    }
    if (fetchSite != null) {
      request.header("Sec-Fetch-Site", fetchSite);
    }
    return request.formParam("desktopType", type).post("/portal/start");
  }

  private static List<String> statesOf(String slug) {
    return as(slug).get("/api/v1/sessions").jsonPath().getList("state");
  }

  private static void stopAll(String slug) {
    List<String> ids = as(slug).get("/api/v1/sessions").jsonPath().getList("id");
    ids.forEach(id -> as(slug).header("X-Berth-Request", "1").delete("/api/v1/sessions/" + id));
    Eventually.get(
        () -> statesOf(slug), states -> states.stream().allMatch(each -> each.equals("stopped")));
  }
}
