package io.berth.proxy.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.common.EntryProof;
import io.berth.proxy.upstream.Head;
import io.berth.proxy.upstream.KasmUpstream;
import io.berth.proxy.upstream.ScriptedUpstream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jose4j.jwt.JwtClaims;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Isolated-origin mode: what is at a desktop's own host, and what is not. */
class IsolatedOriginTest {

  private static final String PORTAL = TestIssuer.URL;
  private static EdgeUnderTest edge;
  private static KasmUpstream kasm;
  private static ScriptedUpstream app;

  @BeforeAll
  static void start() {
    edge = EdgeUnderTest.started(Map.of("berth.desktop-domain", "desktops.test"));
    kasm = new KasmUpstream(KasmUpstream.Version.V1_5_1, "secret12");
    app = new ScriptedUpstream(IsolatedOriginTest::echo);
    edge.publish(TestDatabase.TestRoute.kasm("alice-kasm", Person.ALICE, kasm));
    edge.publish(TestDatabase.TestRoute.plain("alice-app", Person.ALICE, app));
    edge.publish(TestDatabase.TestRoute.plain("bob-app", Person.BOB, app));
  }

  @AfterAll
  static void stop() {
    kasm.close();
    app.close();
    edge.close();
  }

  private static boolean echo(Head head, InputStream in, OutputStream out) throws IOException {
    out.write(
        "HTTP/1.1 200 OK\r\nContent-Length: %d\r\nX-From: app\r\n\r\n%s"
            .formatted(head.text().length(), head.text())
            .getBytes(StandardCharsets.ISO_8859_1));
    return true;
  }

  private static int dialled() {
    return app.accepted() + kasm.accepted() + edge.session().accepted();
  }

  // At the portal's origin

  @Test
  void thePortalSendsTheOwnerToTheDesktopsOwnOrigin() {
    Browser alice = edge.browser(Person.ALICE).navigating();
    int before = dialled();

    assertThat(alice.get("/desktop/alice-kasm").header("Location"))
        .isEqualTo("http://alice-kasm.desktops.test:5006/");
    assertThat(alice.get("/desktop/alice-kasm?a=b").header("Location"))
        .isEqualTo("http://alice-kasm.desktops.test:5006/?a=b");
    Browser.Answer deep = alice.get("/desktop/alice-app/x/y?a=b");
    assertThat(deep.status()).isEqualTo(302);
    assertThat(deep.header("Location")).isEqualTo("http://alice-app.desktops.test:5006/x/y?a=b");
    assertThat(edge.browser(Person.ALICE).webSocket("/desktop/alice-kasm/websockify").status())
        .isEqualTo(302);
    assertThat(dialled()).isEqualTo(before);
  }

  @Test
  void thePortalTellsOthersNothingAndStrangersToSignIn() {
    Browser alice = edge.browser(Person.ALICE);
    Browser.Answer others = alice.get("/desktop/bob-app/");
    Browser.Answer unknown = alice.get("/desktop/bob-none/");

    assertThat(others.status()).isEqualTo(404);
    assertThat(others.body()).isEqualTo(unknown.body());
    assertThat(others.head().text()).isEqualTo(unknown.head().text());
    assertThat(edge.browser().navigating().get("/desktop/alice-app/").header("Location"))
        .isEqualTo("/auth/login?return_to=%2Fdesktop%2Falice-app%2F");
    assertThat(edge.browser().get("/desktop/alice-app/").status()).isEqualTo(401);
  }

  // The way in

  @Test
  void aVisitWithoutTheDesktopsCookieGoesToThePortalForATicket() {
    int before = dialled();

    Browser.Answer answer = edge.at("alice-app").navigating().get("/x?a=b");

    assertThat(answer.status()).isEqualTo(302);
    String cookie = answer.header("Set-Cookie");
    assertThat(cookie)
        .matches("berth-entry=[\\w-]{43}; Path=/; Max-Age=600; HttpOnly; SameSite=Lax");
    assertThat(answer.header("Location"))
        .isEqualTo(
            PORTAL
                + "/auth/desktop?return_to=%2Fdesktop%2Falice-app%2Fx%3Fa%3Db&proof="
                + EntryProof.of(cookie.substring(12, 55)).value());
    assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    assertThat(dialled()).isEqualTo(before);
  }

  @Test
  void entriesInSeveralTabsKeepTheSameSecretUnlessItIsNone() {
    String secret = "s".repeat(43);
    Browser browser = edge.at("alice-app").navigating();

    assertThat(browser.cookie("berth-entry=" + secret).get("/").header("Set-Cookie"))
        .startsWith("berth-entry=" + secret + ";");
    assertThat(browser.cookie("berth-entry=short").get("/").header("Set-Cookie"))
        .doesNotContain("short");
    assertThat(browser.get("/").header("Set-Cookie"))
        .isNotEqualTo(browser.get("/").header("Set-Cookie"));
  }

  @Test
  void anythingButAVisitIsJustUnauthorized() {
    int before = dialled();

    Browser.Answer answer = edge.at("alice-app").get("/");

    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.header("Set-Cookie")).isEmpty();
    assertThat(edge.at("alice-kasm").webSocket("/websockify", own("alice-kasm")).status())
        .isEqualTo(401);
    assertThat(dialled()).isEqualTo(before);
  }

  @Test
  void aTicketGoesToAuthServiceWithTheHostsDesktop() {
    Browser browser = edge.at("alice-app").cookie("berth-entry=x; berth=y").navigating();

    String head = browser.get("/.berth/enter?ticket=abc").body();

    assertThat(head).startsWith("GET /desktop-entry/alice-app?ticket=abc HTTP/1.1");
    assertThat(head).contains("berth-entry=x");
  }

  @Test
  void nothingElseOfBerthIsBelowTheReservedPath() {
    Browser browser = edge.browserAt("alice-app", Person.ALICE);
    Browser visitor = browser.navigating();

    assertThat(browser.get("/.berth/enter?ticket=abc").status()).isEqualTo(404);
    assertThat(visitor.post("/.berth/enter?ticket=abc", "").status()).isEqualTo(404);
    assertThat(visitor.get("/.berth/enter").status()).isEqualTo(404);
    assertThat(visitor.get("/.berth/enter/x?ticket=abc").status()).isEqualTo(404);
    assertThat(visitor.get("/.berth").status()).isEqualTo(404);
    assertThat(browser.get("/.berthx").header("X-From")).isEqualTo("app");
  }

  @Test
  void ticketsAreRedeemedAtDesktopsHostsOnly() {
    Browser alice = edge.browser(Person.ALICE).navigating();

    assertThat(alice.get("/.berth/enter?ticket=abc").header("X-From")).isEqualTo("session");
    assertThat(alice.get("/desktop-entry/alice-app?ticket=abc").header("X-From"))
        .isEqualTo("session");
    assertThat(edge.browser().get("/desktop-entry/alice-app?ticket=abc").status()).isEqualTo(401);
  }

  // Who gets in

  @Test
  void theDesktopsCookieOpensItWithItsClientsStart() {
    Browser alice = edge.browserAt("alice-kasm", Person.ALICE).navigating();

    Browser.Answer bare = alice.get("/");

    assertThat(bare.status()).isEqualTo(302);
    assertThat(bare.header("Location")).isEqualTo("/?path=websockify");
    assertThat(alice.get("/?path=websockify").body()).isEqualTo("<p>Kasm</p>");
    assertThat(alice.get("/?path=websockify").header("Cross-Origin-Opener-Policy"))
        .isEqualTo("same-origin");
  }

  @Test
  void thePortalsCookieIsWorthNothingHere() {
    String portal = edge.issuer().token(Person.ALICE, "login-alice");
    Browser browser = edge.at("alice-app");

    assertThat(browser.cookie("berth=" + portal).get("/").status()).isEqualTo(401);
    assertThat(browser.cookie("berth-desktop=" + portal).get("/").status()).isEqualTo(401);
  }

  @Test
  void aDesktopsCookieIsWorthNothingElsewhere() {
    edge.publish(TestDatabase.TestRoute.plain("alice-app2", Person.ALICE, app));
    String token = edge.issuer().desktopToken(Person.ALICE, "login-alice", "alice-app");

    assertThat(edge.at("alice-app2").cookie("berth-desktop=" + token).get("/").status())
        .isEqualTo(401);
    for (String path : List.of("/", "/api/v1/me", "/desktop/alice-app/")) {
      assertThat(edge.browser().cookie("berth-desktop=" + token).get(path).status()).isEqualTo(401);
      assertThat(edge.browser().cookie("berth=" + token).get(path).status()).isEqualTo(401);
    }
  }

  @Test
  void aTokenForBothOrForNoDesktopOpensNeither() {
    JwtClaims both = TestIssuer.claims(Person.ALICE, "login-alice");
    both.setAudience("berth", "berth-desktop");
    both.setStringClaim("desktop", "alice-app");
    JwtClaims none = TestIssuer.claims(Person.ALICE, "login-alice");
    none.setAudience("berth-desktop");

    for (JwtClaims claims : List.of(both, none)) {
      String token = edge.issuer().sign(claims);
      assertThat(edge.at("alice-app").cookie("berth-desktop=" + token).get("/").status())
          .isEqualTo(401);
      assertThat(edge.browser().cookie("berth=" + token).get("/").status()).isEqualTo(401);
    }
  }

  @Test
  void anothersDesktopIsTheSameAsNone() {
    int before = dialled();
    Browser.Answer others = edge.browserAt("bob-app", Person.ALICE).navigating().get("/");
    Browser.Answer unknown = edge.browserAt("bob-none", Person.ALICE).navigating().get("/");

    assertThat(others.status()).isEqualTo(404);
    assertThat(others.body()).isEqualTo(unknown.body());
    assertThat(others.head().text()).isEqualTo(unknown.head().text());
    assertThat(others.body()).contains("<a href=\"" + PORTAL + "/\">");
    assertThat(dialled()).isEqualTo(before);
  }

  @Test
  void aVisitOfAnAbsentDesktopIsShownAtThePortal() {
    Browser alice = edge.browserAt("alice-none", Person.ALICE);

    assertThat(alice.navigating().get("/x?a=b").header("Location"))
        .isEqualTo(PORTAL + "/desktop/alice-none/x?a=b");
    assertThat(alice.get("/x").status()).isEqualTo(503);
  }

  @Test
  void aRevokedLoginIsOverHereTooAndItsTunnelsClose() {
    String token = edge.issuer().desktopToken(Person.ALICE, "isolated-over", "alice-kasm");
    Browser browser = edge.at("alice-kasm").cookie("berth-desktop=" + token);
    try (WebSocket gone = browser.webSocket("/websockify", own("alice-kasm"));
        WebSocket stays =
            edge.browserAt("alice-kasm", Person.ALICE)
                .webSocket("/websockify", own("alice-kasm"))) {
      gone.receive();
      stays.receive();

      TestDatabase.shared().revoke("isolated-over");

      assertThat(gone.closedWithin(1_000)).isTrue();
      assertThat(stays.send("here").receive()).isEqualTo("here");
      assertThat(browser.get("/").status()).isEqualTo(401);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "desktops.test:5006",
        "Alice-app.desktops.test:5006",
        "alice-app.DESKTOPS.test:5006",
        "alice-app.desktops.test",
        "alice-app.desktops.test:80",
        "alice-app.desktops.test:5007",
        "alice-app.desktops.test.:5006",
        "x.alice-app.desktops.test:5006",
        "portal.desktops.test:5006",
      })
  void aHostBelowTheDomainInAnyOtherSpellingIsNobody(String host) {
    String token = edge.issuer().token(Person.ALICE, "login-alice");
    String desktop = edge.issuer().desktopToken(Person.ALICE, "login-alice", "alice-app");
    int before = dialled();
    Browser browser =
        edge.browser()
            .header("Host: " + host)
            .cookie("berth=" + token + "; berth-desktop=" + desktop);

    for (String path : List.of("/", "/api/v1/me", "/auth/login", "/desktop/alice-app/")) {
      Browser.Answer answer = browser.get(path);
      assertThat(answer.status()).isEqualTo(404);
      assertThat(answer.body()).isEqualTo(edge.browserAt("bob-app", Person.ALICE).get("/").body());
    }
    assertThat(dialled()).isEqualTo(before);
  }

  // Nothing but the desktop is here

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/api/v1/me",
        "/auth/login",
        "/idp/realms/berth",
        "/q/health",
        "/portal/a.js",
        "/desktop/alice-app2/",
        "/auth/desktop?proof=x"
      })
  void everyPathIsTheDesktopsOwn(String path) {
    int before = edge.session().accepted();

    Browser.Answer answer = edge.browserAt("alice-app", Person.ALICE).get(path);

    assertThat(answer.header("X-From")).isEqualTo("app");
    assertThat(answer.body()).startsWith("GET " + path + " HTTP/1.1");
    assertThat(edge.session().accepted()).isEqualTo(before);
  }

  @Test
  void theDesktopsOwnApiStaysClosed() {
    Browser alice = edge.browserAt("alice-kasm", Person.ALICE);

    assertThat(alice.get("/api/get_users").status()).isEqualTo(404);
    assertThat(kasm.apiCalls()).isZero();
  }

  @Test
  void firstSegmentsMayBeSpeltAsTheDesktopLikes() {
    Browser alice = edge.browserAt("alice-app", Person.ALICE);

    assertThat(alice.get("/a%20b;c=d/e").body()).startsWith("GET /a%20b;c=d/e HTTP/1.1");
    assertThat(alice.get("/a/%2e%2e/b").status()).isEqualTo(400);
    assertThat(edge.browser(Person.ALICE).get("/a%20b").status()).isEqualTo(400);
    assertThat(edge.browser(Person.ALICE).get("/a;b").status()).isEqualTo(400);
  }

  @Test
  void theDesktopHearsItsOwnNameAndNoneOfBerthsCookies() {
    String token = edge.issuer().desktopToken(Person.ALICE, "login-alice", "alice-app");
    String head =
        edge.at("alice-app")
            .cookie(
                "a=1; berth-desktop="
                    + token
                    + "; berth-entry=x; __Host-berth-desktop=y;"
                    + " BERTH-DESKTOP=z; b=2")
            .get("/x")
            .body();

    assertThat(head)
        .contains(
            "Host: alice-app.desktops.test:5006\r\n",
            "X-Forwarded-Host: alice-app.desktops.test:5006\r\n",
            "Cookie: a=1; b=2\r\n")
        .doesNotContainIgnoringCase("berth-desktop", "berth-entry");
  }

  @Test
  void aDesktopThatKeepsItsPrefixHasItAtItsOwnOriginToo() {
    TestDatabase.TestRoute plain = TestDatabase.TestRoute.plain("alice-keeps", Person.ALICE, app);
    edge.publish(plain.keepingPrefix());
    Browser alice = edge.browserAt("alice-keeps", Person.ALICE).navigating();

    assertThat(alice.get("/?a=b").header("Location")).isEqualTo("/desktop/alice-keeps/?a=b");
    assertThat(alice.get("/desktop/alice-keeps").header("Location"))
        .isEqualTo("/desktop/alice-keeps/");
    assertThat(alice.get("/desktop/alice-keeps/x").body())
        .startsWith("GET /desktop/alice-keeps/x HTTP/1.1");
  }

  // Pages of other origins

  @ParameterizedTest
  @CsvSource({
    "Sec-Fetch-Site: same-site, Sec-Fetch-Mode: no-cors",
    "Sec-Fetch-Site: cross-site, Sec-Fetch-Mode: cors",
    "Sec-Fetch-Site: same-site, Sec-Fetch-Mode: navigate; Sec-Fetch-Dest: embed",
    "Sec-Fetch-Site: same-origin, Origin: http://bob-app.desktops.test:5006",
    "Accept: */*, Origin: http://bob-app.desktops.test:5006",
    "Accept: text/html, Origin: http://bob-app.desktops.test:5006",
    "Accept: */*, Origin: http://berth.test:5006",
    "Accept: */*, Origin: null",
  })
  void aPageOfAnotherOriginCanNotActAtADesktop(String one, String others) {
    int before = dialled();
    Browser browser = edge.browserAt("alice-app", Person.ALICE).header(one);
    for (String other : others.split("; ", -1)) {
      browser = browser.header(other);
    }

    assertThat(browser.get("/").status()).isEqualTo(403);
    assertThat(browser.post("/", "x").status()).isEqualTo(403);
    assertThat(dialled()).isEqualTo(before);
  }

  @Test
  void itsOwnPagesAndVisitsFromAnywhereAreLetThrough() {
    Browser alice = edge.browserAt("alice-app", Person.ALICE);
    Browser own = alice.header("Sec-Fetch-Site: same-origin").header("Sec-Fetch-Mode: cors");

    assertThat(own.post("/", "x").status()).isEqualTo(200);
    assertThat(own.header(own("alice-app")).post("/", "x").status()).isEqualTo(200);
    assertThat(own.header("Origin: null").post("/", "x").status()).isEqualTo(200);
    assertThat(alice.header(own("alice-app")).post("/", "x").status()).isEqualTo(200);
    assertThat(alice.header("Sec-Fetch-Site: cross-site").navigating().get("/x").header("X-From"))
        .isEqualTo("app");
  }

  @Test
  void aDesktopsPageCanNotActAtThePortal() {
    Browser alice = edge.browser(Person.ALICE);
    Browser page = alice.header("Origin: http://alice-app.desktops.test:5006");
    Browser image = alice.header("Sec-Fetch-Site: same-site").header("Sec-Fetch-Mode: no-cors");
    int before = edge.session().accepted();

    assertThat(page.post("/api/v1/sessions", "{}").status()).isEqualTo(403);
    assertThat(page.get("/").status()).isEqualTo(403);
    assertThat(image.get("/api/v1/me").status()).isEqualTo(403);
    assertThat(edge.session().accepted()).isEqualTo(before);
    assertThat(alice.header("Origin: " + PORTAL).post("/api/v1/sessions", "{}").status())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Origin: http://berth.test:5006",
        "Origin: http://alice-app.desktops.test:5006",
        "Origin: http://alice-kasm.desktops.test",
        "Origin: https://alice-kasm.desktops.test:5006",
        "Origin: null",
        "X-No-Origin: at all"
      })
  void aWebSocketIsOpenedByTheDesktopsOwnPagesOnly(String origin) {
    Browser alice = edge.browserAt("alice-kasm", Person.ALICE);

    assertThat(alice.webSocket("/websockify", origin).status()).isEqualTo(403);
    try (WebSocket socket = alice.webSocket("/websockify", own("alice-kasm"))) {
      assertThat(socket.receive()).startsWith("RFB");
    }
    assertThat(kasm.heads().getLast().text())
        .contains(own("alice-kasm") + "\r\n", "Host: alice-kasm.desktops.test:5006\r\n");
  }

  private static String own(String desktop) {
    return "Origin: http://" + desktop + ".desktops.test:5006";
  }
}
