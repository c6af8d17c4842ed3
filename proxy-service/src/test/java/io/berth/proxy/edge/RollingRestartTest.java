package io.berth.proxy.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.proxy.upstream.Head;
import io.berth.proxy.upstream.KasmUpstream;
import io.berth.proxy.upstream.ScriptedUpstream;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Proxies that follow one another on one port, as in an update. */
class RollingRestartTest {

  private static final String ADDRESS = "/desktop/alice-kasm/websockify";

  private EdgeUnderTest first;
  private ScriptedUpstream desktop;
  private KasmUpstream kasm;

  @BeforeEach
  void start() {
    first = EdgeUnderTest.started(shared(0));
    desktop =
        new ScriptedUpstream((head, in, out) -> {
          out.write(
              "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".getBytes(StandardCharsets.US_ASCII));
          return true;
        });
    kasm = new KasmUpstream(KasmUpstream.Version.V1_5_1, "secret12");
    first.publish(TestDatabase.TestRoute.plain("alice-plain", Person.ALICE, desktop));
    first.publish(TestDatabase.TestRoute.kasm("alice-kasm", Person.ALICE, kasm));
  }

  @AfterEach
  void stop() {
    desktop.close();
    kasm.close();
    first.close();
  }

  private static Map<String, String> shared(int port) {
    return Map.of(
        "berth.proxy.share-port", "true",
        "berth.proxy.port", String.valueOf(port),
        "berth.proxy.drain-requests", "20s",
        "berth.proxy.drain-tunnels", "0s",
        "berth.proxy.limits.enabled", "false");
  }

  /** Another proxy of the same Berth: it believes the same issuer. */
  private EdgeUnderTest next() {
    Map<String, String> settings = new java.util.HashMap<>(shared(first.port()));
    settings.put("berth.proxy.auth-service", "http://127.0.0.1:" + first.issuer().port());
    EdgeUnderTest next = EdgeUnderTest.started(settings);
    next.await("alice-plain");
    return next;
  }

  @Test
  void noRequestFailsWhileProxiesAreReplacedOneAfterTheOther() throws Exception {
    AtomicBoolean enough = new AtomicBoolean();
    AtomicInteger answered = new AtomicInteger();
    Queue<String> failures = new ConcurrentLinkedQueue<>();
    List<Thread> clients = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      boolean keepsAlive = i % 2 == 0;
      clients.add(Thread.ofVirtual().start(() -> ask(keepsAlive, enough, answered, failures)));
    }
    List<EdgeUnderTest> later = new ArrayList<>();
    EdgeUnderTest current = first;

    for (int i = 0; i < 3; i++) {
      EdgeUnderTest next = next();
      later.add(next);
      current.stop();
      current = next;
      int before = answered.get();
      Eventually.eventually("served by the next", () -> answered.get() > before + 100);
    }
    enough.set(true);
    for (Thread client : clients) {
      client.join();
    }

    assertThat(failures).isEmpty();
    assertThat(answered.get()).isGreaterThan(300);
    later.forEach(EdgeUnderTest::close);
  }

  /** A client that never asks twice: every request gets its answer or has failed. */
  private void ask(
      boolean keepsAlive, AtomicBoolean enough, AtomicInteger answered, Queue<String> failures) {
    List<String> more = keepsAlive ? List.of() : List.of("Connection: close");
    byte[] request =
        (first.browser(Person.ALICE).head("GET", "/desktop/alice-plain/x", more) + "\r\n")
            .getBytes(StandardCharsets.ISO_8859_1);
    while (!enough.get()) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), first.port())) {
        socket.setSoTimeout(20_000);
        InputStream in = new BufferedInputStream(socket.getInputStream());
        boolean open = true;
        while (open && !enough.get()) {
          socket.getOutputStream().write(request);
          Head head = Head.read(in, 4_096);
          if (head.text().isEmpty() || head.status() != 200) {
            failures.add("answer: " + head.text());
            return;
          }
          in.readNBytes(2);
          answered.incrementAndGet();
          open = !head.header("Connection").orElse("").equals("close");
        }
      } catch (IOException e) {
        failures.add(e.toString());
        return;
      }
    }
  }

  @Test
  void aTunnelsClientIsToldAndComesBackToTheNextProxy() {
    try (WebSocket before = first.browser(Person.ALICE).webSocket(ADDRESS);
        EdgeUnderTest next = next()) {
      before.receive();
      Thread stopping = Thread.ofVirtual().start(first::stop);

      assertThat(before.farewell()).startsWith("1012 ");
      Eventually.eventually("only the next listens", () -> !first.state().listening());
      try (WebSocket after = next.browserOf(first, Person.ALICE).webSocket(ADDRESS)) {
        assertThat(after.receive()).startsWith("RFB");
        assertThat(after.send("here").receive()).isEqualTo("here");
      }
      join(stopping);
    }
  }

  @Test
  void aRevokedLoginsTunnelsCloseAtEveryProxyWithinASecondOrSo() {
    String cookie = "berth=" + first.issuer().token(Person.ALICE, "over-everywhere");
    try (EdgeUnderTest next = next();
        WebSocket here = first.browser().cookie(cookie).webSocket(ADDRESS);
        WebSocket there = next.browser().cookie(cookie).webSocket(ADDRESS)) {
      here.receive();
      there.receive();

      TestDatabase.shared().revoke("over-everywhere");

      assertThat(here.farewell()).startsWith("1008 ");
      assertThat(there.farewell()).startsWith("1008 ");
    }
  }

  @Test
  void tunnelsRunOnUntilTheirDeadlineAndReadinessGoesFirst() {
    try (EdgeUnderTest patient =
        EdgeUnderTest.started(
            Map.of(
                "berth.proxy.drain-tunnels", "5s",
                "berth.proxy.drain-notice", "1s",
                "berth.proxy.auth-service", "http://127.0.0.1:" + first.issuer().port()))) {
      patient.await("alice-kasm");
      Browser alice = patient.browserOf(first, Person.ALICE);
      try (WebSocket socket = alice.webSocket(ADDRESS)) {
        socket.receive();
        Thread stopping = Thread.ofVirtual().start(patient::stop);
        Eventually.eventually("not ready", () -> !patient.state().listening());

        // A balancer that has not noticed yet is served.
        assertThat(alice.get("/desktop/alice-plain/x").status()).isEqualTo(200);
        Eventually.eventually("closed to new ones", () -> isClosed(patient.port()));
        assertThat(socket.send("still").receive()).isEqualTo("still");

        assertThat(socket.farewell()).startsWith("1012 ");
        join(stopping);
      }
    }
  }

  private static boolean isClosed(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return !socket.isConnected();
    } catch (IOException e) {
      return true;
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
