package io.berth.proxy.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.common.DesktopActivity;
import io.berth.proxy.upstream.KasmUpstream;
import io.vertx.pgclient.PgConnection;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What session-service hears of people at their desktops, on its own connection. */
class ActivityReportTest {

  private static final String FRONT = "front-1";

  private final EdgeUnderTest edge =
      EdgeUnderTest.started(
          Map.of("berth.proxy.instance", FRONT, "berth.proxy.tell-activity-every", "100ms"));
  private final KasmUpstream desktop = new KasmUpstream(KasmUpstream.Version.V1_5_1, "secret12");
  private final Map<Long, DesktopActivity.Seen> seen = new ConcurrentHashMap<>();
  private final AtomicInteger heartbeats = new AtomicInteger();
  private final PgConnection listening =
      TestDatabase.await(
          PgConnection.connect(
              TestDatabase.shared().vertx(), TestDatabase.shared().addressFor("berth_session")));

  @BeforeEach
  void listen() {
    listening.notificationHandler(news -> {
      DesktopActivity activity = DesktopActivity.parse(news.getPayload()).orElseThrow();
      if (activity.instance().equals(FRONT)) {
        heartbeats.incrementAndGet();
        activity.desktops().forEach(each -> seen.put(each.generation(), each));
      }
    });
    TestDatabase.await(listening.query("LISTEN " + DesktopActivity.CHANNEL).execute());
  }

  @AfterEach
  void stop() {
    listening.close();
    desktop.close();
    edge.close();
  }

  private void awaitSeen(String what, Predicate<DesktopActivity.Seen> expected) {
    Eventually.eventually(what, () -> seen.values().stream().anyMatch(expected));
  }

  private WebSocket open() {
    edge.publish(TestDatabase.TestRoute.kasm("alice-kasm", Person.ALICE, desktop));
    WebSocket socket = edge.browser(Person.ALICE).webSocket("/desktop/alice-kasm/ws");
    assertThat(socket.receive()).startsWith("RFB");
    return socket;
  }

  @Test
  void aProxyThatSeesNobodyIsHeardOf() {
    Eventually.eventually("two heartbeats", () -> heartbeats.get() >= 2);
    assertThat(seen).isEmpty();
  }

  @Test
  void anOpenTabIsConnectedAndNoInputUntilSomebodyTypes() {
    try (WebSocket socket = open()) {
      awaitSeen("connected", each -> each.connected() == 1);
      socket.send("RFB 003.008\n").send("\1").send("\1");
      int before = heartbeats.get();
      Eventually.eventually("told again", () -> heartbeats.get() > before + 1);
      assertThat(seen.values()).allMatch(each -> each.input() == null && each.message() == null);

      socket.send("\0" + "pixel format of 19.");
      socket.send(0x82, new byte[] {4, 1, 0, 0, 0, 0, 0, 'a'});

      awaitSeen("input", each -> each.input() != null && each.http() == null);
    }
    awaitSeen("not connected", each -> each.connected() == 0 && each.input() != null);
  }

  @Test
  void aRequestIsSeenAndAHandshakeIsNone() {
    try (WebSocket socket = open()) {
      awaitSeen("connected", each -> each.connected() == 1 && each.http() == null);

      edge.browser(Person.ALICE).get("/desktop/alice-kasm/package.json");

      awaitSeen("request", each -> each.http() != null);
      socket.send(0x82, "a longer message".repeat(2).getBytes(StandardCharsets.US_ASCII));
      awaitSeen("message", each -> each.message() != null && each.input() == null);
    }
  }

  @Test
  void theLastThingSeenIsToldWhenTheProxyStops() {
    try (EdgeUnderTest rare =
        EdgeUnderTest.started(
            Map.of("berth.proxy.instance", FRONT, "berth.proxy.tell-activity-every", "1h"))) {
      edge.stop();
      seen.clear();
      TestDatabase.shared()
          .publish(TestDatabase.TestRoute.kasm("alice-kasm", Person.ALICE, desktop));
      rare.await("alice-kasm");
      rare.browser(Person.ALICE).get("/desktop/alice-kasm/package.json");
      assertThat(seen).isEmpty();

      rare.stop();

      awaitSeen("request", each -> each.http() != null);
    }
  }

  @Test
  void aNameThatNobodyCouldReadBackIsRefused() {
    assertThatThrownBy(() -> new EdgeUnderTest(Map.of("berth.proxy.instance", "front 1")))
        .hasMessageContaining("berth.proxy.instance");
  }
}
