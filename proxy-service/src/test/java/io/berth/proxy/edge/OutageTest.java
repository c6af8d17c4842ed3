package io.berth.proxy.edge;

import static io.berth.proxy.edge.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.proxy.upstream.KasmUpstream;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** PostgreSQL and the services go away, and come back: desktops hardly notice (invariant 1). */
class OutageTest {

  private final EdgeUnderTest edge =
      EdgeUnderTest.started(
          Map.of(
              "berth.proxy.feed.check-every", "200ms",
              "berth.proxy.feed.answer-timeout", "400ms",
              "berth.proxy.feed.load-timeout", "600ms",
              "berth.proxy.feed.first-pause", "20ms",
              "berth.proxy.feed.longest-pause", "200ms",
              "berth.proxy.login.keys-at-least-every", "200ms",
              "berth.proxy.login.keys-at-most-every", "100ms",
              "berth.proxy.watch-services-every", "100ms"));
  private final KasmUpstream desktop = new KasmUpstream(KasmUpstream.Version.V1_5_1, "secret12");
  private final TestDatabase database = TestDatabase.shared();

  @AfterEach
  void stop() {
    desktop.close();
    edge.close();
  }

  private TestDatabase.TestRoute route(String path) {
    return TestDatabase.TestRoute.kasm(path, Person.ALICE, desktop);
  }

  private static WebSocket open(Browser browser, String path) {
    WebSocket socket = browser.webSocket("/desktop/" + path + "/ws");
    assertThat(socket.receive()).startsWith("RFB");
    return socket;
  }

  private Browser login(String loginId) {
    return edge.browser().cookie("berth=" + edge.issuer().token(Person.ALICE, loginId));
  }

  private void assertKnownThingsWork(String path, WebSocket tunnel) {
    assertThat(tunnel.send("here").receive()).isEqualTo("here");
    String page = "/desktop/" + path + "/package.json";
    assertThat(edge.browser(Person.ALICE).get(page).body()).isEqualTo("{}");
    try (WebSocket another = open(edge.browser(Person.ALICE), path)) {
      assertThat(another.send("new").receive()).isEqualTo("new");
    }
    String neverSeenBefore = "login-" + System.nanoTime();
    assertThat(login(neverSeenBefore).get(page).body()).isEqualTo("{}");
  }

  private void awaitDegraded(boolean degraded) {
    eventually("degraded " + degraded, () -> edge.state().degraded() == degraded);
  }

  @Test
  void withoutTheDatabaseWhatIsKnownWorksAndWhatChangedMeanwhileIsTakenInAfterwards() {
    edge.publish(route("alice-kept"));
    edge.publish(route("alice-withdrawn"));
    edge.publish(route("alice-replaced"));
    try (WebSocket kept = open(edge.browser(Person.ALICE), "alice-kept");
        WebSocket withdrawn = open(edge.browser(Person.ALICE), "alice-withdrawn");
        WebSocket replaced = open(edge.browser(Person.ALICE), "alice-replaced");
        WebSocket revoked = open(login("to-be-revoked"), "alice-kept")) {
      edge.lines().database().cut();
      awaitDegraded(true);
      database.withdraw("alice-withdrawn");
      database.publish(route("alice-replaced"));
      database.publish(route("alice-new"));
      database.revoke("to-be-revoked");

      assertKnownThingsWork("alice-kept", kept);
      assertThat(edge.state().listening()).isTrue();
      assertThat(edge.state().databaseConnected()).isFalse();
      assertThat(withdrawn.send("still").receive()).isEqualTo("still");
      assertThat(edge.hasRoute("alice-new")).isFalse();

      edge.lines().database().mend();

      awaitDegraded(false);
      assertThat(withdrawn.closedWithin(2_000)).isTrue();
      assertThat(replaced.closedWithin(2_000)).isTrue();
      assertThat(revoked.closedWithin(2_000)).isTrue();
      assertThat(kept.send("here").receive()).isEqualTo("here");
      open(edge.browser(Person.ALICE), "alice-new").close();
      open(edge.browser(Person.ALICE), "alice-replaced").close();
      assertThat(login("to-be-revoked").get("/desktop/alice-kept/package.json").status())
          .isEqualTo(401);
    }
  }

  @Test
  void aDatabaseThatIsStoppedAndStartedIsFollowedAgain() {
    edge.publish(route("alice-kept"));
    edge.publish(route("alice-withdrawn"));
    try (WebSocket kept = open(edge.browser(Person.ALICE), "alice-kept");
        WebSocket withdrawn = open(edge.browser(Person.ALICE), "alice-withdrawn")) {
      database.stop();
      try {
        awaitDegraded(true);
        assertKnownThingsWork("alice-kept", kept);
      } finally {
        database.start();
      }
      database.withdraw("alice-withdrawn");

      assertThat(withdrawn.closedWithin(5_000)).isTrue();
      awaitDegraded(false);
      edge.publish(route("alice-later"));
      assertThat(kept.send("here").receive()).isEqualTo("here");
    }
  }

  @Test
  void aDatabaseThatFallsSilentIsNoticedAndLeavesNoSocketsBehind() {
    edge.publish(route("alice-kept"));
    try (WebSocket kept = open(edge.browser(Person.ALICE), "alice-kept")) {
      Line line = edge.lines().database();
      line.freeze();
      awaitDegraded(true);
      int before = line.accepted();
      eventually("many attempts", () -> line.accepted() - before >= 8);

      assertKnownThingsWork("alice-kept", kept);
      assertThat(line.open()).isLessThanOrEqualTo(4);

      database.publish(route("alice-new"));
      line.thaw();
      awaitDegraded(false);
      edge.await("alice-new");
    }
  }

  @Test
  void aNotificationThatIsLostIsRepaired() {
    edge.publish(route("alice-stale"));
    WebSocket revoked = open(login("to-be-revoked"), "alice-stale");
    WebSocket stale = open(edge.browser(Person.ALICE), "alice-stale");
    database.as("berth_session", "ALTER TABLE routes DISABLE TRIGGER route_changed");
    database.as("berth_auth", "ALTER TABLE auth.revocations DISABLE TRIGGER revocation_is_told");
    try {
      database.revoke("to-be-revoked");
      assertThat(revoked.closedWithin(5_000)).isTrue();
      database.withdraw("alice-stale");
      database.publish(route("alice-new"));

      edge.await("alice-new");
      edge.awaitNo("alice-stale");
      assertThat(stale.closedWithin(5_000)).isTrue();
    } finally {
      database.as("berth_session", "ALTER TABLE routes ENABLE TRIGGER route_changed");
      database.as("berth_auth", "ALTER TABLE auth.revocations ENABLE TRIGGER revocation_is_told");
    }
  }

  @Test
  void withoutAuthServiceNewLoginsAreStillVerifiedAndStrangeKeysAreNot() {
    edge.publish(route("alice-kept"));
    try (WebSocket kept = open(edge.browser(Person.ALICE), "alice-kept")) {
      edge.lines().auth().cut();
      eventually("named", () -> edge.state().servicesAway().containsKey("auth"));
      eventually("keys can't be read", () -> edge.state().keysTrouble() != null);

      assertKnownThingsWork("alice-kept", kept);
      assertThat(edge.state().keysKnown()).isTrue();
      String strange =
          TestIssuer.sign(
              TestIssuer.claims(Person.ALICE, "strange"), TestIssuer.generate("key-9"), "key-9");
      assertThat(edge.browser().cookie("berth=" + strange).get("/x").status()).isEqualTo(401);
      Browser.Answer page = edge.browser().navigating().get("/auth/login");
      assertThat(page.status()).isEqualTo(503);
      assertThat(page.body()).contains("desktops that are open keep working");

      edge.lines().auth().mend();

      awaitDegraded(false);
      assertThat(edge.browser().get("/auth/login").status()).isEqualTo(200);
    }
  }

  @Test
  void anAuthServiceThatFallsSilentHoldsNobodyUp() {
    edge.publish(route("alice-kept"));
    try (WebSocket kept = open(edge.browser(Person.ALICE), "alice-kept")) {
      edge.lines().auth().freeze();
      eventually("keys can't be read", () -> edge.state().keysTrouble() != null);

      assertKnownThingsWork("alice-kept", kept);

      edge.lines().auth().thaw();
      awaitDegraded(false);
    }
  }

  @Test
  void withoutSessionServiceDesktopsWorkAndThePortalSaysOneMoment() {
    edge.publish(route("alice-kept"));
    try (WebSocket kept = open(edge.browser(Person.ALICE), "alice-kept")) {
      edge.lines().session().cut();
      eventually("named", () -> edge.state().servicesAway().containsKey("session"));

      assertKnownThingsWork("alice-kept", kept);
      Browser.Answer portal = edge.browser(Person.ALICE).navigating().get("/");
      assertThat(portal.status()).isEqualTo(503);
      assertThat(portal.header("Retry-After")).isNotEmpty();
      assertThat(edge.browser(Person.ALICE).get("/api/v1/me").header("Content-Type"))
          .isEqualTo("application/problem+json");

      edge.lines().session().mend();

      awaitDegraded(false);
      assertThat(edge.browser(Person.ALICE).get("/").header("X-From")).isEqualTo("session");
    }
  }
}
