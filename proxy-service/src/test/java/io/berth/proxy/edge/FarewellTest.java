package io.berth.proxy.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.proxy.upstream.KasmUpstream;
import io.berth.proxy.upstream.WebSocketUpstream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the client of a tunnel hears when it ends. */
class FarewellTest {

  private static final int HALF = 1_000;

  private final EdgeUnderTest edge =
      EdgeUnderTest.started(Map.of("berth.proxy.tunnel.close-timeout", "2s"));
  private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
  private final CountDownLatch goOn = new CountDownLatch(1);

  @AfterEach
  void stop() {
    goOn.countDown();
    edge.close();
  }

  private Browser alice(String login) {
    return edge.browser().cookie("berth=" + edge.issuer().token(Person.ALICE, login));
  }

  private WebSocket open(String login) {
    WebSocket socket = alice(login).webSocket("/desktop/alice-desk/ws");
    assertThat(socket.status()).isEqualTo(101);
    return socket;
  }

  /** Half a frame of 2,000 bytes; the rest of it and another frame when told. */
  private WebSocketUpstream half() {
    return new WebSocketUpstream((in, out, socket) -> {
      out.write(new byte[] {(byte) 0x82, 126, (byte) ((2 * HALF) >> 8), (byte) (2 * HALF)});
      out.write(new byte[HALF]);
      Thread.ofVirtual()
          .start(() -> {
            try {
              goOn.await();
              out.write("e".repeat(HALF).getBytes(StandardCharsets.US_ASCII));
              out.write(new byte[] {(byte) 0x82, 4, 'm', 'o', 'r', 'e'});
            } catch (IOException e) {
              // The tunnel is gone already: what some of the tests are about.
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          });
      byte[] bytes = new byte[64];
      for (int read = in.read(bytes); read > 0; read = in.read(bytes)) {
        received.add("bytes");
      }
    });
  }

  @Test
  void aLoginThatIsOverIs1008() {
    try (KasmUpstream desktop = new KasmUpstream(KasmUpstream.Version.V1_5_1, "secret12")) {
      edge.publish(TestDatabase.TestRoute.kasm("alice-desk", Person.ALICE, desktop));
      WebSocket socket = open("over-soon");

      TestDatabase.shared().revoke("over-soon");

      assertThat(socket.farewell()).isEqualTo("1008 login over");
      assertThat(socket.closedWithin(100)).isTrue();
    }
  }

  @Test
  void aDesktopThatGoesIs1001() {
    try (KasmUpstream desktop = new KasmUpstream(KasmUpstream.Version.V1_5_1, "secret12")) {
      edge.publish(TestDatabase.TestRoute.kasm("alice-desk", Person.ALICE, desktop));
      WebSocket socket = open("login-1");

      TestDatabase.shared().withdraw("alice-desk");

      assertThat(socket.farewell()).isEqualTo("1001 desktop gone");
      Eventually.eventually("no socket left", () -> desktop.open() == 0);
    }
  }

  @Test
  void aProxyThatStopsIs1012AndAnAnswerEndsIt() {
    try (KasmUpstream desktop = new KasmUpstream(KasmUpstream.Version.V1_5_1, "secret12")) {
      edge.publish(TestDatabase.TestRoute.kasm("alice-desk", Person.ALICE, desktop));
      WebSocket socket = open("login-1");
      assertThat(socket.receive()).startsWith("RFB");
      long began = System.nanoTime();
      Thread stopping = Thread.ofVirtual().start(edge::stop);

      assertThat(socket.farewell()).isEqualTo("1012 service restart");
      socket.send(0x88, new byte[] {3, (byte) 0xf4});

      Eventually.eventually("stopped", () -> !stopping.isAlive());
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(6));
      assertThat(edge.state().tunnels()).isZero();
    }
  }

  @Test
  void aFrameThatHasBegunIsFinishedBeforeItAndNothingComesBehind() throws Exception {
    try (WebSocketUpstream desktop = half()) {
      edge.publish(TestDatabase.TestRoute.plain("alice-desk", Person.ALICE, desktop));
      WebSocket socket = open("over-soon");
      assertThat(Browser.read(socket.in(), 4 + HALF)).hasSize(4 + HALF);
      socket.send("before");
      assertThat(received.poll(5, TimeUnit.SECONDS)).isNotNull();

      TestDatabase.shared().revoke("over-soon");
      Eventually.eventually("revoked", () -> alice("over-soon").get("/x").status() == 401);
      socket.send("behind");
      goOn.countDown();

      assertThat(new String(Browser.read(socket.in(), HALF), StandardCharsets.US_ASCII))
          .isEqualTo("e".repeat(HALF));
      assertThat(socket.farewell()).isEqualTo("1008 login over");
      assertThat(socket.in().read()).isEqualTo(-1);
      Eventually.eventually("no socket left", () -> desktop.open() == 0);
      assertThat(received).isEmpty();
    }
  }

  @Test
  void aFrameThatIsNeverFinishedHoldsNothingUp() throws Exception {
    try (WebSocketUpstream desktop = half()) {
      edge.publish(TestDatabase.TestRoute.plain("alice-desk", Person.ALICE, desktop));
      WebSocket socket = open("over-soon");
      assertThat(Browser.read(socket.in(), 4 + HALF)).hasSize(4 + HALF);

      TestDatabase.shared().revoke("over-soon");

      assertThat(socket.in().read()).isEqualTo(-1);
      Eventually.eventually("no tunnel left", () -> edge.state().tunnels() == 0);
    }
  }

  @Test
  void aClientThatDoesNotReadHoldsNothingUp() {
    AtomicLong sent = new AtomicLong();
    byte[] frame = new byte[4 + 60_000];
    frame[0] = (byte) 0x82;
    frame[1] = 126;
    frame[2] = (byte) (60_000 >> 8);
    frame[3] = (byte) 60_000;
    try (WebSocketUpstream desktop =
        new WebSocketUpstream((in, out, socket) -> {
          while (true) {
            out.write(frame);
            sent.addAndGet(frame.length);
          }
        })) {
      edge.publish(TestDatabase.TestRoute.plain("alice-desk", Person.ALICE, desktop));
      WebSocket socket = open("over-soon");
      Eventually.eventually("all buffers are full", () -> standsStill(sent));

      TestDatabase.shared().revoke("over-soon");

      Eventually.eventually(
          "no tunnel left", Duration.ofSeconds(5), () -> edge.state().tunnels() == 0);
      Eventually.eventually("no socket left", () -> desktop.open() == 0);
      socket.close();
    }
  }

  private static boolean standsStill(AtomicLong count) {
    long before = count.get();
    LockSupport.parkNanos(Duration.ofMillis(300).toNanos());
    return before > 0 && count.get() == before;
  }

  @Test
  void aDesktopsOwnCloseIsTheLastFrame() {
    try (WebSocketUpstream desktop =
        new WebSocketUpstream((in, out, socket) -> {
          out.write(new byte[] {(byte) 0x88, 2, 3, (byte) 0xe8});
          in.read();
        })) {
      edge.publish(TestDatabase.TestRoute.plain("alice-desk", Person.ALICE, desktop));
      WebSocket socket = open("over-soon");
      assertThat(socket.farewell()).isEqualTo("1000 ");

      TestDatabase.shared().revoke("over-soon");

      assertThat(socket.farewell()).isEqualTo("closed without a word");
    }
  }
}
