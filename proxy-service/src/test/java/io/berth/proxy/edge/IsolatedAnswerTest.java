package io.berth.proxy.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.proxy.upstream.ScriptedUpstream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a browser hears of a desktop at the desktop's own origin. */
class IsolatedAnswerTest {

  private final EdgeUnderTest edge =
      EdgeUnderTest.started(Map.of("berth.desktop-domain", "desktops.test"));
  private volatile String answer = "";
  private final ScriptedUpstream desktop =
      new ScriptedUpstream((head, in, out) -> {
        out.write(answer.getBytes(StandardCharsets.ISO_8859_1));
        return false;
      });

  @BeforeEach
  void publish() {
    edge.publish(TestDatabase.TestRoute.plain("alice-web", Person.ALICE, desktop));
  }

  @AfterEach
  void stop() {
    desktop.close();
    edge.close();
  }

  private Browser.Answer answering(String headers) {
    answer = "HTTP/1.1 200 OK\r\n" + headers + "\r\nbody";
    return edge.browserAt("alice-web", Person.ALICE).get("/x");
  }

  @Test
  void locationsKeepTheirPathAndStayAtTheOrigin() {
    assertThat(answering("Location: /a?b#c\r\n").header("Location")).isEqualTo("/a?b#c");
    assertThat(answering("Location: http://alice-web.desktops.test:5006/a\r\n").header("Location"))
        .isEqualTo("/a");
    assertThat(
            answering("Location: http://127.0.0.1:%d/a\r\n".formatted(desktop.port()))
                .header("Location"))
        .isEqualTo("/a");
  }

  @Test
  void cookiesStayOnTheHostAndOursAreDropped() {
    Browser.Answer got =
        answering(
            """
            Set-Cookie: a=1; Path=/; Domain=desktops.test; HttpOnly\r
            Set-Cookie: b=2; path=/sub; domain=.test\r
            Set-Cookie: __Host-c=3; Secure; Path=/\r
            Set-Cookie: berth=evil; Path=/\r
            Set-Cookie: berth-desktop=evil; Path=/\r
            Set-Cookie: Berth-Desktop=evil; Path=/\r
            Set-Cookie: __Host-berth-desktop=evil; Secure; Path=/\r
            Set-Cookie: berth-entry=evil; Path=/\r
            Set-Cookie: __Host-berth-entry=evil; Secure; Path=/\r
            Set-Cookie: =berth-desktop=evil\r
            """);

    assertThat(got.head().headers("Set-Cookie"))
        .isEqualTo(
            List.of("a=1; HttpOnly; Path=/", "b=2; Path=/sub", "__Host-c=3; Secure; Path=/"));
  }

  @Test
  void nobodyElseMayFrameItAndItsOwnPolicyStandsBesideThat() {
    Browser.Answer got = answering("Content-Security-Policy: frame-ancestors *\r\n");

    assertThat(got.head().headers("Content-Security-Policy"))
        .isEqualTo(List.of("frame-ancestors *", "frame-ancestors 'self'"));
  }

  @Test
  void aServiceWorkerMayHaveTheWholeOriginButNoSiteIsCleared() {
    Browser.Answer got = answering("Service-Worker-Allowed: /\r\nClear-Site-Data: \"cookies\"\r\n");

    assertThat(got.header("Service-Worker-Allowed")).isEqualTo("/");
    assertThat(got.header("Clear-Site-Data")).isEmpty();
  }

  @Test
  void onHttpsTheEntryCookieIsBoundToItsHost() {
    try (EdgeUnderTest https =
        EdgeUnderTest.started(
            Map.of(
                "berth.public-url",
                "https://berth.test",
                "berth.desktop-domain",
                "desktops.test"))) {
      Browser.Answer answer =
          https.browser().header("Host: alice-app.desktops.test").navigating().get("/");

      assertThat(answer.header("Set-Cookie"))
          .startsWith("__Host-berth-entry=")
          .endsWith("; Path=/; Max-Age=600; HttpOnly; SameSite=Lax; Secure");
      assertThat(answer.header("Location")).startsWith("https://berth.test/auth/desktop?");
    }
  }
}
