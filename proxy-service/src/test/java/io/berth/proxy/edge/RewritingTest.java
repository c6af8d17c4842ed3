package io.berth.proxy.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.proxy.upstream.ScriptedUpstream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RewritingTest {

  private final EdgeUnderTest edge = EdgeUnderTest.started();
  private volatile String answer = "";
  private final ScriptedUpstream desktop =
      new ScriptedUpstream((head, in, out) -> {
        out.write(answer.getBytes(StandardCharsets.ISO_8859_1));
        return answer.contains("keep-alive");
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
    return edge.browser(Person.ALICE).get("/desktop/alice-web/x");
  }

  @Test
  void locationsOfTheDesktopsOwnGetThePrefix() {
    assertThat(answering("Location: /a?b#c\r\n").header("Location"))
        .isEqualTo("/desktop/alice-web/a?b#c");
    assertThat(answering("Location: http://berth.test:5006/a\r\n").header("Location"))
        .isEqualTo("/desktop/alice-web/a");
    assertThat(
            answering("Location: http://127.0.0.1:%d/a\r\n".formatted(desktop.port()))
                .header("Location"))
        .isEqualTo("/desktop/alice-web/a");
    assertThat(answering("Location: ./a\r\n").header("Location")).isEqualTo("./a");
    assertThat(answering("Location: https://example.test/a\r\n").header("Location"))
        .isEqualTo("https://example.test/a");
  }

  @Test
  void cookiesStayBelowThePrefixAndOursAreDropped() {
    Browser.Answer got =
        answering(
            """
            Set-Cookie: a=1; Path=/; Domain=berth.test; HttpOnly\r
            Set-Cookie: b=2; path=/sub\r
            Set-Cookie: c=3\r
            Set-Cookie: berth=evil; Path=/\r
            Set-Cookie: BERTH=evil\r
            Set-Cookie: __Host-berth=evil; Secure; Path=/\r
            Set-Cookie: =berth=evil\r
            Set-Cookie: evil\r
            """);

    assertThat(got.head().headers("Set-Cookie"))
        .isEqualTo(
            List.of(
                "a=1; HttpOnly; Path=/desktop/alice-web/",
                "b=2; Path=/desktop/alice-web/sub",
                "c=3; Path=/desktop/alice-web/"));
  }

  @Test
  void whatWouldReachBeyondTheDesktopIsLeftOut() {
    Browser.Answer got =
        answering(
            """
            Service-Worker-Allowed: /\r
            Clear-Site-Data: "cookies"\r
            Strict-Transport-Security: max-age=1\r
            Connection: x-hop, close\r
            X-Hop: 1\r
            Keep-Alive: 5\r
            X-Kept: 1\r
            """);

    assertThat(got.header("X-Kept")).isEqualTo("1");
    assertThat(got.head().text())
        .doesNotContain("Service-Worker", "Clear-Site", "Strict-Tr", "X-Hop", "Keep-Alive");
    assertThat(got.body()).isEqualTo("body");
  }

  @Test
  void surplusBytesOfAnAnswerReachNobody() {
    answer =
        "HTTP/1.1 200 OK\r\nConnection: keep-alive\r\nContent-Length: 2\r\n\r\nok"
            + "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil";
    Browser alice = edge.browser(Person.ALICE);

    assertThat(alice.get("/desktop/alice-web/a").body()).isEqualTo("ok");
    assertThat(alice.get("/desktop/alice-web/b").body()).isEqualTo("ok");
    assertThat(desktop.accepted()).isEqualTo(2);
  }

  @Test
  void aConnectionThatIsKeptIsUsedAgainForTheSameRouteOnly() {
    answer = "HTTP/1.1 200 OK\r\nConnection: keep-alive\r\nContent-Length: 2\r\n\r\nok";
    edge.publish(TestDatabase.TestRoute.plain("alice-web2", Person.ALICE, desktop));
    Browser alice = edge.browser(Person.ALICE);

    for (int i = 0; i < 10; i++) {
      assertThat(alice.get("/desktop/alice-web/a").body()).isEqualTo("ok");
    }
    int before = desktop.accepted();
    alice.get("/desktop/alice-web2/a");

    assertThat(before).isBetween(1, 2);
    assertThat(desktop.accepted()).isEqualTo(before + 1);
  }

  @Test
  void anAnswerThatIsNoHttpIs502() {
    answer = "220 smtp ready\r\n\r\n";

    assertThat(edge.browser(Person.ALICE).get("/desktop/alice-web/x").status()).isEqualTo(502);
  }

  @Test
  void anAnswerThatBreaksOffIsNotPassedAsWhole() {
    answer = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this";

    Browser.Answer got = edge.browser(Person.ALICE).get("/desktop/alice-web/x");

    assertThat(got.header("Content-Length")).isEqualTo("100");
    assertThat(got.body()).isEqualTo("only this");
  }
}
