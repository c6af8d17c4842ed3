package io.berth.session.portal;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(WithoutDatabase.class)
class PortalHeadersTest {

  @Test
  void thePortalIsTheFirstPage() {
    given()
        .get("/")
        .then()
        .statusCode(200)
        .contentType("text/html")
        .body(containsString("Your desktops"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/portal/portal.js", "/portal/berth.css", "/no-such-page"})
  void everyAnswerKeepsTheBrowserToThisOrigin(String path) {
    given()
        .get(path)
        .then()
        .header("Content-Security-Policy", PortalHeaders.POLICY)
        .header("X-Content-Type-Options", "nosniff")
        .header("Referrer-Policy", "same-origin");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/portal/portal.js", "/portal/icons.svg"})
  void aBrowserAsksBeforeItReusesAFile(String path) {
    given()
        .get(path)
        .then()
        .statusCode(200)
        .header("Cache-Control", "no-cache")
        .header("ETag", matchesPattern("\"[0-9a-f]{24}\""))
        .header("Last-Modified", nullValue());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/v1/no-such-thing", "/desktop/alice-no-such-type"})
  void whatIsAboutAPersonIsNotKept(String path) {
    given().get(path).then().header("Cache-Control", "no-store");
  }

  @Test
  void aFileThatTheBrowserHasIsNotSentAgain() {
    String tag = given().get("/portal/berth.css").header("ETag");

    given()
        .header("If-None-Match", tag)
        .get("/portal/berth.css")
        .then()
        .statusCode(304)
        .header("ETag", tag)
        .header("Content-Security-Policy", PortalHeaders.POLICY)
        .body(emptyString());
  }

  @Test
  void whatAPageNamesIsKeptForGoodSoThatNoNetworkIsNeededForIt() {
    List<String> addresses =
        Pattern.compile("\"(/portal/[^\"#]+)")
            .matcher(given().get("/").asString())
            .results()
            .map(match -> match.group(1))
            .distinct()
            .toList();

    assertTrue(addresses.size() > 8, addresses::toString);
    for (String address : addresses) {
      given()
          .get(address)
          .then()
          .statusCode(200)
          .header("Cache-Control", "public, max-age=31536000, immutable");
    }
  }

  @Test
  void anotherEditionsFileIsNotThisOnes() {
    given().get("/portal/0123456789abcdef/portal.js").then().statusCode(404);
  }

  @Test
  void aBrowserThatDoesNotSayWhereANavigationComesFromGetsACookieThatTells() {
    given()
        .get("/")
        .then()
        .header(
            "Set-Cookie",
            allOf(
                startsWith("berth-own-visit=1;"),
                containsString("HTTPOnly"),
                containsString("SameSite=Strict")));
    given().header("Sec-Fetch-Site", "none").get("/").then().header("Set-Cookie", nullValue());
  }

  @Test
  void aFileThatChangedIsSentWhole() {
    given().header("If-None-Match", "\"old\"").get("/portal/berth.css").then().statusCode(200);
  }

  @Test
  void whatThePageNeedsFitsIn56Kilobytes() {
    int bytes = given().get("/").asByteArray().length;
    for (String file :
        new String[] {
          "api.js",
          "ask-dialog.js",
          "boot.js",
          "berth.css",
          "card.js",
          "clock.js",
          "events.js",
          "favicon.svg",
          "homes.js",
          "icons.svg",
          "phases.js",
          "portal.js",
          "scene.js"
        }) {
      bytes += given().get("/portal/" + file).then().statusCode(200).extract().asByteArray().length;
    }

    assertTrue(bytes < 56 * 1024, bytes + " bytes");
  }
}
