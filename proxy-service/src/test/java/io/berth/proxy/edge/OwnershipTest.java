package io.berth.proxy.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.proxy.upstream.KasmUpstream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class OwnershipTest {

  private static EdgeUnderTest edge;
  private static KasmUpstream desktop;

  @BeforeAll
  static void start() {
    edge = EdgeUnderTest.started();
    desktop = new KasmUpstream(KasmUpstream.Version.V1_5_1, "secret12");
    edge.publish(TestDatabase.TestRoute.kasm("alice-ubuntu", Person.ALICE, desktop));
    edge.publish(TestDatabase.TestRoute.kasm("bob-dev-vscode", Person.ALICE, desktop));
  }

  @AfterAll
  static void stop() {
    desktop.close();
    edge.close();
  }

  @Test
  void someoneElsesDesktopAndAnUnknownOneGiveTheSameBytesAndNothingIsDialled() {
    int dialled = desktop.accepted();
    Browser bob = edge.browser(Person.BOB).navigating();

    Browser.Answer foreign = bob.get("/desktop/alice-ubuntu/");

    assertThat(foreign.status()).isEqualTo(404);
    assertThat(foreign).isEqualTo(bob.get("/desktop/alice-nothing/"));
    assertThat(edge.browser(Person.BOB).webSocket("/desktop/alice-ubuntu/websockify").answer())
        .isEqualTo(edge.browser(Person.BOB).webSocket("/desktop/alice-other/websockify").answer())
        .matches(head -> head.status() == 404);
    assertThat(desktop.accepted()).isEqualTo(dialled);
  }

  @Test
  void aForeignDesktopWhosePathCouldBeMineLooksLikeOneThatIsNotThere() {
    Browser bob = edge.browser(Person.BOB);

    Browser.Answer foreign = bob.navigating().get("/desktop/bob-dev-vscode/");

    assertThat(foreign.header("X-From")).isEqualTo("session");
    assertThat(foreign.body()).startsWith("GET /desktop/bob-dev-vscode HTTP/1.1");
    assertThat(bob.get("/desktop/bob-dev-vscode/x").status()).isEqualTo(503);
    assertThat(bob.get("/desktop/bob-dev-vscode/x").body())
        .isEqualTo(bob.get("/desktop/bob-dev-other/x").body());
  }

  @Test
  void withoutALoginANavigationIsSentToSignInAndEverythingElseGets401() {
    int dialled = desktop.accepted();
    Browser nobody = edge.browser();

    Browser.Answer page = nobody.navigating().get("/desktop/alice-ubuntu/?a=b");

    assertThat(page.status()).isEqualTo(302);
    assertThat(page.header("Location"))
        .isEqualTo("/auth/login?return_to=%2Fdesktop%2Falice-ubuntu%2F%3Fa%3Db");
    assertThat(nobody.get("/api/v1/me").status()).isEqualTo(401);
    assertThat(nobody.get("/api/v1/me").header("Content-Type"))
        .isEqualTo("application/problem+json");
    assertThat(nobody.webSocket("/desktop/alice-ubuntu/websockify").status()).isEqualTo(401);
    assertThat(desktop.accepted()).isEqualTo(dialled);
  }

  @Test
  void aLoginBeginsUnderThePublicName() {
    Browser.Answer answer =
        edge.browser().header("Host: 10.0.0.1:5006").navigating().get("/desktop/alice-ubuntu/");

    assertThat(answer.header("Location")).isEqualTo(TestIssuer.URL + "/desktop/alice-ubuntu/");
  }

  @Test
  void theOwnerGetsTheDesktop() {
    Browser alice = edge.browser(Person.ALICE).navigating();

    Browser.Answer bare = alice.get("/desktop/alice-ubuntu");

    String start = "/desktop/alice-ubuntu/?path=desktop/alice-ubuntu/websockify";
    assertThat(bare.status()).isEqualTo(302);
    assertThat(bare.header("Location")).isEqualTo(start);
    assertThat(alice.get("/desktop/alice-ubuntu/").header("Location")).isEqualTo(start);
    assertThat(alice.get(start).body()).isEqualTo("<p>Kasm</p>");
  }

  @Test
  void prefixesAreWholeSegments() {
    Browser alice = edge.browser(Person.ALICE);

    assertThat(edge.browser().get("/authx").status()).isEqualTo(401);
    assertThat(alice.get("/apiX").body()).startsWith("GET /apiX HTTP/1.1");
    assertThat(alice.get("/q/health").status()).isEqualTo(404);
    assertThat(alice.get("/idp/realms/berth").status()).isEqualTo(404);
    assertThat(alice.get("/desktop/alice-ubuntuEVIL/").status()).isEqualTo(404);
    assertThat(edge.browser().get("/auth/login").body()).startsWith("GET /auth/login HTTP/1.1");
  }
}
