package io.berth.proxy.edge;

import static io.berth.proxy.edge.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.common.UnreachableDesktop;
import io.berth.proxy.upstream.KasmUpstream;
import io.berth.proxy.upstream.ScriptedUpstream;
import io.berth.proxy.upstream.SocketServer;
import io.vertx.pgclient.PgConnection;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A published desktop takes no connection, or none that brings an answer. */
class UnreachableDesktopTest {

  private static final int RETRIES = 2;

  private final List<String> told = new CopyOnWriteArrayList<>();
  private final EdgeUnderTest edge =
      EdgeUnderTest.started(
          Map.of(
              "berth.proxy.upstream.connect-retries", String.valueOf(RETRIES),
              "berth.proxy.upstream.unreachable-rest", "1h",
              "berth.proxy.upstream.unreachable-told-every", "1h"));
  private PgConnection listening;

  @BeforeEach
  void listen() {
    TestDatabase database = TestDatabase.shared();
    listening =
        TestDatabase.await(
            PgConnection.connect(database.vertx(), database.addressFor("berth_session")));
    listening.notificationHandler(news -> told.add(news.getPayload()));
    TestDatabase.await(listening.query("LISTEN " + UnreachableDesktop.CHANNEL).execute());
  }

  @AfterEach
  void stop() {
    listening.close();
    edge.close();
  }

  /** Publishes a desktop; its row says which generation it is. */
  private String published(TestDatabase.TestRoute route) {
    edge.publish(route);
    String path = route.path();
    Object generation =
        TestDatabase.shared()
            .as("berth_proxy", "SELECT generation FROM routes WHERE proxy_path = '" + path + "'")
            .iterator()
            .next()
            .getValue(0);
    return path + " " + generation;
  }

  private int get(String path) {
    return edge.browser(Person.ALICE).get("/desktop/" + path + "/x").status();
  }

  @Test
  void sessionServiceHearsOnceAndRequestsAreAnsweredWithoutWaiting() {
    HangingUp desktop = new HangingUp();
    String notice = published(TestDatabase.TestRoute.kasm("alice-gone", Person.ALICE, desktop));

    assertThat(get("alice-gone")).isEqualTo(503);
    int afterTheFirst = desktop.accepted();
    assertThat(afterTheFirst).isEqualTo(1 + RETRIES);
    for (int i = 0; i < 20; i++) {
      assertThat(get("alice-gone")).isEqualTo(503);
    }
    assertThat(edge.browser(Person.ALICE).webSocket("/desktop/alice-gone/ws").status())
        .isEqualTo(503);

    assertThat(desktop.accepted()).isEqualTo(afterTheFirst);
    eventually("told", () -> !told.isEmpty());
    assertThat(told).containsExactly(notice);
    desktop.close();
  }

  @Test
  void aDesktopThatComesBackIsFoundAgain() {
    try (EdgeUnderTest curious =
        EdgeUnderTest.started(Map.of("berth.proxy.upstream.unreachable-rest", "200ms"))) {
      KasmUpstream desktop = new KasmUpstream(KasmUpstream.Version.V1_5_1, "secret12");
      curious.publish(TestDatabase.TestRoute.kasm("alice-back", Person.ALICE, desktop));
      String page = "/desktop/alice-back/package.json";
      Browser alice = curious.browser(Person.ALICE);
      desktop.close();
      assertThat(alice.get(page).status()).isEqualTo(503);

      try (KasmUpstream again =
          new KasmUpstream(KasmUpstream.Version.V1_5_1, "secret12", desktop.port())) {
        eventually("back", () -> alice.get(page).status() == 200);
        for (int i = 0; i < 5; i++) {
          assertThat(alice.get(page).status()).isEqualTo(200);
        }
        assertThat(again.heads()).hasSize(6);
      }
    }
  }

  @Test
  void anotherIncarnationIsNotHeldBackByTheOneBefore() {
    try (HangingUp gone = new HangingUp();
        KasmUpstream desktop = new KasmUpstream(KasmUpstream.Version.V1_5_1, "secret12")) {
      published(TestDatabase.TestRoute.kasm("alice-new", Person.ALICE, gone));
      assertThat(get("alice-new")).isEqualTo(503);

      TestDatabase.shared()
          .publish(TestDatabase.TestRoute.kasm("alice-new", Person.ALICE, desktop));

      eventually("reached", () -> get("alice-new") == 404);
    }
  }

  @Test
  void aDesktopThatHangsUpWithoutAWordIsReportedButNothingIsSentTwice() {
    try (ScriptedUpstream desktop = new ScriptedUpstream((head, in, out) -> false)) {
      String notice = published(TestDatabase.TestRoute.plain("alice-mute", Person.ALICE, desktop));

      assertThat(get("alice-mute")).isEqualTo(502);
      assertThat(edge.browser(Person.ALICE).post("/desktop/alice-mute/x", "pay").status())
          .isEqualTo(502);

      assertThat(desktop.heads()).hasSize(2);
      eventually("told", () -> !told.isEmpty());
      assertThat(told).containsExactly(notice);
    }
  }

  @Test
  void aDesktopThatAcceptsAndNeverGreetsCostsNoMoreThanTheBudget() throws IOException {
    try (EdgeUnderTest impatient =
            EdgeUnderTest.started(
                Map.of(
                    "berth.proxy.upstream.connect-timeout", "30s",
                    "berth.proxy.upstream.connect-budget", "500ms"));
        ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      TestDatabase.TestRoute route =
          new TestDatabase.TestRoute(
              "alice-hangs",
              Person.ALICE,
              "https",
              "127.0.0.1",
              silent.getLocalPort(),
              "secret12",
              "",
              true,
              "{}");
      impatient.publish(route);

      Browser.Answer page =
          impatient.browser(Person.ALICE).navigating().get("/desktop/alice-hangs/x");

      assertThat(page.status()).isEqualTo(503);
      assertThat(page.header("Refresh")).isEqualTo("3");
      assertThat(page.header("Retry-After")).isEqualTo("3");
      assertThat(page.header("Content-Type")).startsWith("text/html");
    }
  }

  /** Takes a connection and ends it, as Docker's proxy does for the dead. */
  private static final class HangingUp extends SocketServer {
    HangingUp() {
      super(false, 50);
      begin();
    }

    @Override
    protected void serve(java.net.Socket socket) throws IOException {
      socket.getOutputStream().write("no".getBytes(StandardCharsets.US_ASCII));
    }
  }
}
