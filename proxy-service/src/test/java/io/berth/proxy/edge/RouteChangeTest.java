package io.berth.proxy.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.proxy.upstream.KasmUpstream;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RouteChangeTest {

  private final EdgeUnderTest edge = EdgeUnderTest.started();
  private final KasmUpstream desktop = new KasmUpstream(KasmUpstream.Version.V1_5_1, "secret12");
  private final KasmUpstream other = new KasmUpstream(KasmUpstream.Version.V1_5_1, "secret12");

  @AfterEach
  void stop() {
    desktop.close();
    other.close();
    edge.close();
  }

  private WebSocket open(String path) {
    WebSocket socket = edge.browser(Person.ALICE).webSocket("/desktop/" + path + "/ws");
    assertThat(socket.receive()).startsWith("RFB");
    return socket;
  }

  @Test
  void aWithdrawnOrReplacedRouteClosesItsTunnelsAndNoOther() {
    edge.publish(TestDatabase.TestRoute.kasm("alice-one", Person.ALICE, desktop));
    edge.publish(TestDatabase.TestRoute.kasm("alice-two", Person.ALICE, desktop));
    edge.publish(TestDatabase.TestRoute.kasm("alice-three", Person.ALICE, desktop));
    WebSocket withdrawn = open("alice-one");
    WebSocket replaced = open("alice-two");
    WebSocket stays = open("alice-three");

    TestDatabase.shared().withdraw("alice-one");
    TestDatabase.shared().publish(TestDatabase.TestRoute.kasm("alice-two", Person.ALICE, other));

    assertThat(withdrawn.closedWithin(2_000)).isTrue();
    assertThat(replaced.closedWithin(2_000)).isTrue();
    assertThat(stays.send("here").receive()).isEqualTo("here");
    open("alice-two").close();
    assertThat(other.accepted()).isEqualTo(1);
    stays.close();
  }

  @Test
  void aRouteToSomewhereElseIsNotTakenIn() {
    edge.publish(TestDatabase.TestRoute.kasm("alice-good", Person.ALICE, desktop));
    TestDatabase.shared()
        .publish(
            TestDatabase.TestRoute.kasm("alice-bad", Person.ALICE, desktop)
                .at("169.254.169.254", 80));
    edge.publish(TestDatabase.TestRoute.kasm("alice-later", Person.ALICE, desktop));

    assertThat(edge.browser(Person.ALICE).get("/desktop/alice-bad/x").status()).isEqualTo(503);
  }

  @Test
  void aDesktopThatIsGoneIsA503WithANextStep() {
    edge.publish(TestDatabase.TestRoute.kasm("alice-gone", Person.ALICE, desktop));
    desktop.close();

    Browser.Answer answer =
        edge.browser(Person.ALICE).navigating().get("/desktop/alice-gone/index.html");

    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.body()).contains("start it again");
    assertThat(edge.browser(Person.ALICE).webSocket("/desktop/alice-gone/ws").status())
        .isEqualTo(503);
  }

  @Test
  void whileTheDatabaseIsAwayEverythingKnownWorksAndItsReturnBringsWhatWasMissed() {
    edge.publish(TestDatabase.TestRoute.kasm("alice-kept", Person.ALICE, desktop));
    try (WebSocket socket = open("alice-kept")) {
      TestDatabase.shared().stop();
      try {
        Eventually.eventually("away", () -> !edge.state().databaseConnected());
        assertThat(socket.send("here").receive()).isEqualTo("here");
        assertThat(edge.browser(Person.ALICE).get("/desktop/alice-kept/package.json").body())
            .isEqualTo("{}");
      } finally {
        TestDatabase.shared().start();
      }
      TestDatabase.shared()
          .publish(TestDatabase.TestRoute.kasm("alice-new", Person.ALICE, desktop));
      Eventually.eventually("back", Duration.ofSeconds(20), () -> edge.state().databaseConnected());
      edge.await("alice-new");
      assertThat(socket.send("still here").receive()).isEqualTo("still here");
    }
  }

  @Test
  void noStatementRunsForARequest() {
    edge.publish(TestDatabase.TestRoute.kasm("alice-many", Person.ALICE, desktop));
    String transactions =
        "SELECT query_start FROM pg_stat_activity WHERE application_name LIKE 'berth-proxy %'";
    String before = lastStatement(transactions);

    for (int i = 0; i < 50; i++) {
      edge.browser(Person.ALICE).get("/desktop/alice-many/package.json");
    }

    assertThat(lastStatement(transactions)).isEqualTo(before);
  }

  private static String lastStatement(String query) {
    return String.valueOf(
        TestDatabase.shared().as("berth_proxy", query).iterator().next().getValue(0));
  }
}
