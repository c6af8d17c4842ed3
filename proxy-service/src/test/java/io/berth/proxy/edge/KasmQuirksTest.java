package io.berth.proxy.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.proxy.upstream.Head;
import io.berth.proxy.upstream.KasmUpstream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KasmQuirksTest {

  private final EdgeUnderTest edge = EdgeUnderTest.started();
  private KasmUpstream desktop = new KasmUpstream(KasmUpstream.Version.V1_5_1, "secret12");

  @AfterEach
  void stop() {
    desktop.close();
    edge.close();
  }

  private Browser alice() {
    edge.publish(TestDatabase.TestRoute.kasm("alice-kasm", Person.ALICE, desktop));
    return edge.browser(Person.ALICE);
  }

  @ParameterizedTest
  @EnumSource
  void pagesAndSocketsWorkWithEveryVersion(KasmUpstream.Version version) {
    desktop.close();
    desktop = new KasmUpstream(version, "secret12");
    Browser alice = alice();

    assertThat(alice.get("/desktop/alice-kasm/package.json").body()).isEqualTo("{}");
    try (WebSocket socket = alice.webSocket("/desktop/alice-kasm/websockify")) {
      assertThat(socket.status()).isEqualTo(101);
      assertThat(socket.answer().header("Sec-WebSocket-Protocol")).contains("binary");
      assertThat(socket.receive()).startsWith("RFB");
      assertThat(socket.send("hello").receive()).isEqualTo("hello");
    }
  }

  @Test
  void theDesktopGetsItsPasswordAndNothingOfThePlatform() {
    alice()
        .cookie("own=1")
        .header("Referer: http://berth.test:5006/secret")
        .header("Authorization: Bearer evil")
        .header("X-Forwarded-For: 6.6.6.6")
        .header("accept-language: en")
        .get("/desktop/alice-kasm/head");

    Head head = desktop.heads().getLast();
    assertThat(head.firstLine()).isEqualTo("GET /head HTTP/1.1");
    assertThat(head.exactly("Host")).contains("berth.test:5006");
    assertThat(head.exactly("Accept-Language")).contains("en");
    assertThat(head.exactly("X-Forwarded-For")).contains("127.0.0.1");
    assertThat(head.exactly("Cookie")).contains("own=1");
    assertThat(head.headers("Authorization")).hasSize(1).allMatch(a -> a.startsWith("Basic "));
    assertThat(head.text()).doesNotContain("evil", "6.6.6.6", "secret", "berth=");
  }

  @Test
  void itsSmallBuffersAreNeverOverrun() {
    Browser alice = alice();

    assertThat(alice.get("/desktop/alice-kasm/" + "a".repeat(2_000)).status()).isEqualTo(414);
    assertThat(
            alice
                .header("User-Agent: " + "a".repeat(2_000))
                .cookie("big=" + "a".repeat(3_000))
                .header("X-Many: " + "b".repeat(1_000))
                .get("/desktop/alice-kasm/package.json")
                .body())
        .isEqualTo("{}");
    assertThat(desktop.overflows()).isZero();
  }

  @Test
  void aStalePasswordIsAPageAndNeverAPrompt() {
    desktop.close();
    desktop = new KasmUpstream(KasmUpstream.Version.V1_5_1, "another1");

    Browser.Answer answer = alice().navigating().get("/desktop/alice-kasm/index.html");

    assertThat(answer.status()).isEqualTo(502);
    assertThat(answer.head().header("WWW-Authenticate")).isEmpty();
    assertThat(answer.body()).contains("refused its password").doesNotContain("secret12");
    assertThat(edge.browser(Person.ALICE).webSocket("/desktop/alice-kasm/ws").status())
        .isEqualTo(502);
  }

  @Test
  void aRedirectOfItsOwnStaysBelowThePrefix() {
    assertThat(alice().get("/desktop/alice-kasm/Downloads").header("Location"))
        .isEqualTo("/desktop/alice-kasm/Downloads/");
  }

  @Test
  void whatItDoesNotServeIsItsOwn404() {
    Browser alice = alice();

    assertThat(alice.request("HEAD", "/desktop/alice-kasm/", "").status()).isEqualTo(404);
    assertThat(alice.request("OPTIONS", "/desktop/alice-kasm/", "").status()).isEqualTo(404);
    assertThat(alice.post("/desktop/alice-kasm/", "hello").status()).isEqualTo(404);
  }

  @Test
  void silenceAndPingsKeepTheTunnelAndALargeFrameEndsIt() {
    try (WebSocket socket = alice().webSocket("/desktop/alice-kasm/websockify")) {
      socket.receive();
      socket.send(0x89, new byte[4]);
      assertThat(socket.send("still here").receive()).isEqualTo("still here");
      assertThat(desktop.pings()).isEqualTo(1);

      socket.send(0x82, new byte[65_536]);

      assertThat(socket.closedWithin(5_000)).isTrue();
    }
  }

  @Test
  void aHandshakeWithoutSubprotocolIsRefusedByTheDesktopAndPassedOn() {
    Browser alice = alice();
    String head =
        alice.head(
            "GET",
            "/desktop/alice-kasm/ws",
            java.util.List.of(
                "Connection: Upgrade",
                "Upgrade: websocket",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: " + WebSocket.KEY,
                "Origin: " + TestIssuer.URL));

    assertThat(alice.raw(head + "\r\n").status()).isEqualTo(404);
  }
}
