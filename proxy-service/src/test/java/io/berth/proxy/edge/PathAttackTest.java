package io.berth.proxy.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.proxy.upstream.KasmUpstream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PathAttackTest {

  private static EdgeUnderTest edge;
  private static KasmUpstream desktop;

  @BeforeAll
  static void start() {
    edge = EdgeUnderTest.started();
    desktop = new KasmUpstream(KasmUpstream.Version.V1_5_1, "secret12");
    edge.publish(TestDatabase.TestRoute.kasm("alice-ubuntu", Person.ALICE, desktop));
  }

  @AfterAll
  static void stop() {
    desktop.close();
    edge.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/desktop/alice-ubuntu/../bob-ubuntu/",
        "/desktop/alice-ubuntu/%2e%2e/bob-ubuntu/",
        "/desktop/alice-ubuntu/.%2e/x",
        "/desktop/alice-ubuntu/..;/x",
        "/desktop/alice-ubuntu%2f..%2fx",
        "/desktop/alice-ubuntu/%2F",
        "/desktop/alice-ubuntu/%5c..",
        "/desktop/alice-ubuntu/\\..\\x",
        "/desktop/alice-ubuntu;x=1/",
        "/desktop;x/alice-ubuntu/",
        "/desktop/alice-ubuntu//x",
        "//evil.test/",
        "/desktop/alice-ubuntu/%00",
        "/desktop/alice-ubuntu/%0d%0aX-Evil:1",
        "/desktop/alice-ubuntu/%7f",
        "/desktop/alice-ubuntu/%zz",
        "/desktop/alice-ubuntu/%2",
        "/desktop/alice-ubuntu/#x",
        "/%64esktop/alice-ubuntu/",
        "/./desktop/alice-ubuntu/",
        "desktop/alice-ubuntu/",
        "*",
        "http://evil.test/desktop/alice-ubuntu/",
        "ftp://berth.test:5006/desktop/alice-ubuntu/"
      })
  void anAmbiguousAddressIsRefused(String target) {
    int dialled = desktop.accepted();

    Browser.Answer answer = edge.browser(Person.ALICE).get(target);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(desktop.accepted()).isEqualTo(dialled);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/desktop/Alice-ubuntu/", "/desktop/alic%65-ubuntu/", "/desktop/alice-ubunt%75/"})
  void onlyThePlainSpellingIsADesktop(String target) {
    assertThat(edge.browser(Person.ALICE).get(target).status()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/desktop/alice-ubuntu/api/get_screenshot",
        "/desktop/alice-ubuntu/API/x",
        "/desktop/alice-ubuntu/%61pi/get_users",
        "/desktop/alice-ubuntu/x/api/get_users",
        "/desktop/alice-ubuntu/?x=/api/get_users",
        "/desktop/alice-ubuntu/?x=%2fapi%2fget_users"
      })
  void theDesktopsOwnApiIsNotForBrowsers(String target) {
    assertThat(edge.browser(Person.ALICE).get(target).status()).isEqualTo(404);
    assertThat(desktop.apiCalls()).isZero();
  }

  @Test
  void aHeaderCannotSmuggleAnApiCall() {
    Browser.Answer answer =
        edge.browser(Person.ALICE)
            .header("X-Page: /api/get_users")
            .header("Referer: http://berth.test:5006/api/x")
            .get("/desktop/alice-ubuntu/package.json");

    assertThat(answer.body()).isEqualTo("{}");
    assertThat(desktop.apiCalls()).isZero();
  }

  @Test
  void aDoubledLeadingSlashOfTheClientsOwnMakingIsCollapsed() {
    assertThat(edge.browser(Person.ALICE).get("//desktop/alice-ubuntu/package.json").body())
        .isEqualTo("{}");
  }

  @Test
  void anAbsoluteFormThatAgreesWithTheHostIsThePathInIt() {
    assertThat(
            edge.browser(Person.ALICE)
                .get("http://berth.test:5006/desktop/alice-ubuntu/package.json")
                .body())
        .isEqualTo("{}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"CONNECT", "TRACE", "TRACK"})
  void methodsThatReachThroughAProxyAreRefused(String method) {
    assertThat(edge.browser(Person.ALICE).request(method, "/", "").status()).isBetween(400, 405);
  }
}
