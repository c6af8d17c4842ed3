package io.berth.proxy.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.proxy.upstream.KasmUpstream;
import io.berth.proxy.upstream.ScriptedUpstream;
import io.berth.proxy.upstream.WebSocketUpstream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TunnelTest {

  private static final String ADDRESS = "/desktop/alice-kasm/websockify";
  private static EdgeUnderTest edge;
  private static KasmUpstream desktop;

  @BeforeAll
  static void start() {
    edge =
        EdgeUnderTest.started(
            Map.of(
                "berth.proxy.limits.person.tunnels", "400",
                "berth.proxy.limits.person.new-tunnels-per-minute", "0"));
    desktop = new KasmUpstream(KasmUpstream.Version.V1_5_1, "secret12");
    edge.publish(TestDatabase.TestRoute.kasm("alice-kasm", Person.ALICE, desktop));
  }

  @AfterAll
  static void stop() {
    desktop.close();
    edge.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Origin: http://evil.test",
        "Origin: null",
        "Origin: http://berth.test:5006.evil.test",
        "Origin: https://berth.test:5006",
        "X-No-Origin: at all"
      })
  void aForeignOriginIsRefused(String origin) {
    assertThat(edge.browser(Person.ALICE).webSocket(ADDRESS, origin).status()).isEqualTo(403);
  }

  @Test
  void threeHundredTunnelsAreOpenAtOnce() {
    List<WebSocket> sockets = new ArrayList<>();
    Browser alice = edge.browser(Person.ALICE);

    for (int i = 0; i < 300; i++) {
      sockets.add(alice.webSocket(ADDRESS));
    }

    assertThat(sockets).allMatch(socket -> socket.receive().startsWith("RFB"));
    assertThat(sockets).allMatch(socket -> socket.send("x").receive().equals("x"));
    assertThat(edge.state().tunnels()).isGreaterThanOrEqualTo(300);
    sockets.forEach(WebSocket::close);
    Eventually.eventually("no tunnel left", () -> edge.state().tunnels() == 0);
    Eventually.eventually("no socket left", () -> desktop.open() == 0);
  }

  @Test
  void aSlowReaderHoldsUpItsOwnSourceAndNobodyElse() throws Exception {
    try (WebSocket slow = edge.browser(Person.ALICE).webSocket(ADDRESS);
        WebSocket other = edge.browser(Person.ALICE).webSocket(ADDRESS)) {
      slow.receive();
      other.receive();
      int kibibytes = 200 * 1024;
      slow.send("flood " + kibibytes);

      for (int i = 0; i < 100; i++) {
        assertThat(other.send("quick").receive()).isEqualTo("quick");
      }

      // 200 MiB were asked for; sockets and the edge's own buffers hold a few of them.
      assertThat(io.netty.buffer.PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory())
          .isLessThan(96L * 1024 * 1024);
      long expected = kibibytes * (1024L + 4);
      long read = 0;
      while (read < expected) {
        read += Browser.read(slow.in(), (int) Math.min(1 << 20, expected - read)).length;
      }
      assertThat(slow.send("after").receive()).isEqualTo("after");
    }
  }

  @Test
  void bytesBehindTheHandshakeReachTheDesktopInOrder() {
    byte[] behind = WebSocket.frame(0x82, "early".getBytes(StandardCharsets.US_ASCII));

    try (WebSocket socket =
        WebSocket.open(
            edge.browser(Person.ALICE), ADDRESS, List.of("Origin: " + TestIssuer.URL), behind)) {
      assertThat(socket.receive()).startsWith("RFB");
      assertThat(socket.receive()).isEqualTo("early");
    }
  }

  @Test
  void revocationClosesTheTunnelsOfThatLoginWithinASecond() {
    Browser revoked =
        edge.browser().cookie("berth=" + edge.issuer().token(Person.ALICE, "soon-over"));
    try (WebSocket gone = revoked.webSocket(ADDRESS);
        WebSocket stays = edge.browser(Person.ALICE).webSocket(ADDRESS)) {
      gone.receive();
      stays.receive();

      TestDatabase.shared().revoke("soon-over");

      assertThat(gone.closedWithin(1_000)).isTrue();
      assertThat(stays.send("here").receive()).isEqualTo("here");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: wrong\r\n\r\n",
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
        "SSH-2.0-OpenSSH\r\n\r\n"
      })
  void anAnswerThatIsNoHandshakeIs502AndNothingIsSentRaw(String answer) {
    try (ScriptedUpstream odd = ScriptedUpstream.saying(answer)) {
      edge.publish(TestDatabase.TestRoute.plain("alice-odd", Person.ALICE, odd));
      byte[] second =
          "GET /api/admin HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

      WebSocket socket =
          WebSocket.open(
              edge.browser(Person.ALICE),
              "/desktop/alice-odd/ws",
              List.of("Origin: " + TestIssuer.URL),
              second);

      assertThat(socket.status()).isEqualTo(502);
      assertThat(socket.closedWithin(5_000)).isTrue();
      assertThat(odd.heads()).hasSize(1);
      TestDatabase.shared().withdraw("alice-odd");
      edge.awaitNo("alice-odd");
    }
  }

  @Test
  void aDesktopThatHasSaidAllStillHears() throws Exception {
    CompletableFuture<String> heard = new CompletableFuture<>();
    try (WebSocketUpstream half =
        new WebSocketUpstream((in, out, socket) -> {
          out.write(new byte[] {(byte) 0x82, 3, 'b', 'y', 'e'});
          socket.shutdownOutput();
          heard.complete(new String(in.readAllBytes(), StandardCharsets.ISO_8859_1));
        })) {
      edge.publish(TestDatabase.TestRoute.plain("alice-half", Person.ALICE, half));
      try (WebSocket socket = edge.browser(Person.ALICE).webSocket("/desktop/alice-half/ws")) {
        assertThat(socket.receive()).isEqualTo("bye");
        assertThat(socket.in().read()).isEqualTo(-1);

        socket.send("still here").endOutput();

        assertThat(heard.get(10, TimeUnit.SECONDS)).contains("still here");
      }
      TestDatabase.shared().withdraw("alice-half");
    }
  }

  @Test
  void aClientThatHasSaidAllStillHears() {
    try (WebSocketUpstream half =
        new WebSocketUpstream((in, out, socket) -> {
          in.readAllBytes();
          out.write(new byte[] {(byte) 0x82, 5, 'a', 'f', 't', 'e', 'r'});
        })) {
      edge.publish(TestDatabase.TestRoute.plain("alice-half2", Person.ALICE, half));
      try (WebSocket socket = edge.browser(Person.ALICE).webSocket("/desktop/alice-half2/ws")) {
        socket.endOutput();

        assertThat(socket.receive()).isEqualTo("after");
      }
      TestDatabase.shared().withdraw("alice-half2");
    }
  }

  @Test
  void aPersonHasOnlySoManyTunnels() {
    try (EdgeUnderTest small =
        EdgeUnderTest.started(Map.of("berth.proxy.limits.person.tunnels", "1"))) {
      small.await("alice-kasm");
      try (WebSocket first = small.browser(Person.ALICE).webSocket(ADDRESS)) {
        first.receive();
        assertThat(small.browser(Person.ALICE).webSocket(ADDRESS).status()).isEqualTo(429);
      }
      Eventually.eventually(
          "free again", Duration.ofSeconds(5), () -> small.state().tunnels() == 0);
      assertThat(small.browser(Person.ALICE).webSocket(ADDRESS).status()).isEqualTo(101);
    } finally {
      edge.publish(TestDatabase.TestRoute.kasm("alice-kasm", Person.ALICE, desktop));
    }
  }
}
