package io.berth.proxy.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.proxy.upstream.KasmUpstream;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The edge as it is delivered, native with the profile of that name: routes, logins, TLS,
 * WebSockets.
 */
@QuarkusIntegrationTest
@QuarkusTestResource(PackagedEdgeServices.class)
@SuppressWarnings("NullAway.Init") // made before all tests
class PackagedEdgeIT {

  private static KasmUpstream desktop;

  @BeforeAll
  static void aDesktopOfAlice() {
    desktop = new KasmUpstream(KasmUpstream.Version.V1_5_1, "secret12");
    TestDatabase.shared().publish(TestDatabase.TestRoute.kasm("alice-kasm", Person.ALICE, desktop));
    Eventually.eventually(
        "the edge has the route",
        () -> signedIn(Person.ALICE).get("/desktop/alice-kasm/").status() == 200);
  }

  @AfterAll
  static void stop() {
    desktop.close();
    TestDatabase.shared().as("berth_session", "DELETE FROM routes");
  }

  @Test
  void alicesWebSocketIsUpgradedAndNobodyElses() {
    assertThat(signedIn(Person.ALICE).webSocket("/desktop/alice-kasm/websockify").answer())
        .matches(head -> head.status() == 101);
    assertThat(signedIn(Person.BOB).webSocket("/desktop/alice-kasm/websockify").answer())
        .matches(head -> head.status() == 404);
  }

  @Test
  void aNavigationWithoutALoginIsSentToSignIn() {
    assertThat(new Browser(PackagedEdgeServices.port()).navigating().get("/").status())
        .isEqualTo(302);
  }

  private static Browser signedIn(Person person) {
    return new Browser(PackagedEdgeServices.port())
        .cookie("berth=" + EdgeServices.issuer().token(person, "login-" + person.slug()));
  }
}
