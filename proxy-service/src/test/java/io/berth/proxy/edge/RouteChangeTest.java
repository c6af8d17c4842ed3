package io.berth.proxy.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.proxy.upstream.KasmUpstream;
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
}
