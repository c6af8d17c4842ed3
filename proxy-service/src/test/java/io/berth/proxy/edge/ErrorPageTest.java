package io.berth.proxy.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.proxy.upstream.Head;
import io.berth.proxy.upstream.ScriptedUpstream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorPageTest {

  private static EdgeUnderTest edge;

  @BeforeAll
  static void start() {
    edge = EdgeUnderTest.started();
  }

  @AfterAll
  static void stop() {
    edge.close();
  }

  @Test
  void aPageOfAServiceThatIsAwayTriesAgainByItself() {
    Browser.Answer page =
        withoutSessionService(() -> edge.browser(Person.ALICE).navigating().get("/"));

    assertThat(page.status()).isEqualTo(503);
    assertThat(page.header("Content-Type")).startsWith("text/html");
    assertThat(page.header("Refresh")).isEqualTo(page.header("Retry-After")).isEqualTo("3");
    assertThat(page.body())
        .contains("tries again by itself", ">Try again</a>", ">All desktops</a>");
  }

  @Test
  void whatAFormSentIsNotSentAgainByItself() {
    Browser.Answer page =
        withoutSessionService(
            () -> edge.browser(Person.ALICE).navigating().post("/portal/start", "a=b"));

    assertThat(page.status()).isEqualTo(503);
    assertThat(page.header("Content-Type")).startsWith("text/html");
    assertThat(page.head().header("Refresh")).isEmpty();
    assertThat(page.body()).doesNotContain("Try again<").contains(">All desktops</a>");
  }

  @Test
  void aProgramGetsAProblemAndIsToldWhenToComeAgain() {
    Browser.Answer problem =
        withoutSessionService(
            () -> edge.browser(Person.ALICE).header("Accept: */*").get("/api/v1/me"));

    assertThat(problem.status()).isEqualTo(503);
    assertThat(problem.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(problem.header("Retry-After")).isEqualTo("3");
    assertThat(problem.header("Vary")).isEqualTo("Accept, Sec-Fetch-Mode");
    assertThat(problem.head().header("Refresh")).isEmpty();
  }

  @Test
  void whatIsNotThereIsNotTriedAgain() {
    Browser.Answer page = edge.browser(Person.ALICE).navigating().get("/desktop/bob-x");

    assertThat(page.status()).isEqualTo(404);
    assertThat(page.head().header("Refresh")).isEmpty();
    assertThat(page.body()).doesNotContain("Try again<").contains(">All desktops</a>");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/html;q=0.1, application/json",
        "*/*",
        "application/json",
        "text/html;q=0",
        "application/problem+json"
      })
  void whoeverPrefersSomethingElseGetsNoPage(String accept) {
    Browser alice = edge.browser(Person.ALICE).header("Accept: " + accept);

    assertThat(alice.get("/desktop/bob-x").header("Content-Type"))
        .isEqualTo("application/problem+json");
    assertThat(edge.browser().header("Accept: " + accept).get("/").status()).isEqualTo(401);
  }

  @Test
  void thePolicyAllowsThePagesOwnStyleAndNothingElse() throws Exception {
    Browser.Answer page = edge.browser(Person.ALICE).navigating().get("/desktop/bob-x");

    Matcher style = Pattern.compile("(?s)<style>(.*)</style>").matcher(page.body());
    assertThat(style.find()).isTrue();
    byte[] digest =
        MessageDigest.getInstance("SHA-256")
            .digest(style.group(1).getBytes(StandardCharsets.UTF_8));
    assertThat(page.header("Content-Security-Policy"))
        .startsWith("default-src 'none'; style-src 'sha256-")
        .contains("'sha256-" + Base64.getEncoder().encodeToString(digest) + "'")
        .doesNotContain("unsafe");
    assertThat(page.body()).doesNotContain("<script").doesNotContain(" style=");
  }

  @Test
  void aProgramLearnsFromSessionServiceHowItIsWithADesktop() {
    Browser alice = edge.browser(Person.ALICE).header("Accept: application/json");

    for (String address : new String[] {"/desktop/alice-x", "/desktop/alice-x/?a=b"}) {
      assertThat(alice.get(address).body()).startsWith("GET /desktop/alice-x HTTP/1.1");
    }
    assertThat(alice.get("/desktop/alice-x/package.json").status()).isEqualTo(503);
    assertThat(alice.post("/desktop/alice-x", "").status()).isEqualTo(503);
    assertThat(alice.webSocket("/desktop/alice-x").status()).isEqualTo(503);
  }

  @Test
  void whereAVisitComesFromIsKnownToSessionServiceAndNotToADesktop() {
    String cookies = "berth-own-visit=1; a=b; berth-wanted=alice-x";
    Browser alice = edge.browser(Person.ALICE).navigating().cookie(cookies);
    assertThat(alice.get("/desktop/alice-x").body()).contains("Cookie: " + cookies);

    try (ScriptedUpstream desktop = new ScriptedUpstream(ErrorPageTest::planting)) {
      edge.publish(TestDatabase.TestRoute.plain("alice-visited", Person.ALICE, desktop));
      Browser.Answer page = alice.get("/desktop/alice-visited/page");

      assertThat(page.head().headers("Set-Cookie"))
          .noneMatch(each -> each.contains("berth-own-visit") || each.contains("berth-wanted"));
      assertThat(desktop.heads().getFirst().text()).contains("a=b").doesNotContain("berth-");
    }
  }

  private static Browser.Answer withoutSessionService(Supplier<Browser.Answer> request) {
    edge.lines().session().cut();
    try {
      return request.get();
    } finally {
      edge.lines().session().mend();
    }
  }

  private static boolean planting(Head head, java.io.InputStream in, java.io.OutputStream out)
      throws java.io.IOException {
    out.write(
        """
        HTTP/1.1 200 OK\r
        Set-Cookie: berth-own-visit=1; SameSite=Lax\r
        Set-Cookie: berth-wanted=alice-y\r
        Content-Length: 0\r
        \r
        """
            .getBytes(StandardCharsets.ISO_8859_1));
    return true;
  }
}
