package io.berth.auth.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.auth.testing.Browser;
import io.berth.auth.testing.LoginTokenReader;
import io.berth.auth.testing.RealServices;
import io.berth.auth.testing.Sql;
import io.berth.common.EntryProof;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jose4j.jwt.JwtClaims;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The edge's part is played by the test: it sets the entry cookie and calls for redemption. */
@QuarkusTest
@QuarkusTestResource(RealServices.class)
class DesktopEntryTest {

  private static final String SECRET = "q".repeat(43);
  private static final String PLACE = "/desktop/alice-x/file?a=b";

  private final Browser alice = entering(SECRET);

  private static Browser entering(String secret) {
    Browser browser = new Browser();
    browser.cookies().put("berth-entry", secret);
    return browser;
  }

  private static String ask(String place) {
    return "/auth/desktop?return_to=%s&proof=%s"
        .formatted(URLEncoder.encode(place, StandardCharsets.UTF_8), EntryProof.of(SECRET).value());
  }

  /** A ticket as the desktop's host gets it from the browser. */
  private static String ticket(Browser browser) {
    String entry = Browser.location(browser.get(ask(PLACE)));
    String before = "http://alice-x.desktops.localhost:%d/.berth/enter?ticket=".formatted(port());
    assertThat(entry).startsWith(before);
    return entry.substring(before.length());
  }

  private static int port() {
    return URI.create(RealServices.publicUrl()).getPort();
  }

  private static HttpResponse<String> redeem(Browser browser, String desktop, String ticket) {
    return browser.get("/desktop-entry/" + desktop + "?ticket=" + ticket);
  }

  @Test
  void aLoginEntersTheDesktopsOwnOriginWithACookieForItAlone() throws Exception {
    alice.signIn("alice", "/");

    HttpResponse<String> entered = redeem(alice, "alice-x", ticket(alice));

    assertThat(entered.statusCode()).isEqualTo(302);
    assertThat(Browser.location(entered))
        .isEqualTo("http://alice-x.desktops.localhost:%d/file?a=b".formatted(port()));
    assertThat(entered.headers().allValues("Set-Cookie"))
        .singleElement()
        .asString()
        .startsWith("berth-desktop=")
        .containsIgnoringCase("; HttpOnly")
        .contains("; SameSite=Lax", "; Path=/", "; Max-Age=3")
        .doesNotContain("Domain");
    assertThat(entered.headers().firstValue("Referrer-Policy")).contains("no-referrer");
    assertThat(entered.headers().firstValue("Cache-Control")).contains("no-store");
  }

  @Test
  void theCookiesTokenIsOfTheSameLoginAndOpensNothingElse() throws Exception {
    alice.signIn("alice", "/");
    JwtClaims login = LoginTokenReader.verified(alice.cookie("berth"));
    redeem(alice, "alice-x", ticket(alice));

    JwtClaims token = LoginTokenReader.verified(alice.cookie("berth-desktop"), "berth-desktop");

    assertThat(token.getAudience()).containsExactly("berth-desktop");
    assertThat(token.getStringClaimValue("desktop")).isEqualTo("alice-x");
    for (String same : List.of("iss", "sub", "slug", "sid", "exp")) {
      assertThat(token.getClaimValue(same)).isEqualTo(login.getClaimValue(same));
    }
    assertThat(token.hasClaim("groups")).isFalse();
    Browser thief = new Browser();
    thief.cookies().put("berth", alice.cookie("berth-desktop"));
    assertThat(Browser.location(thief.get(ask(PLACE)))).contains("/auth/login");
  }

  @Test
  void aTicketIsGoodForOneUseEvenOfManyAtOnce() throws Exception {
    alice.signIn("alice", "/");
    String ticket = ticket(alice);
    Callable<Integer> use = () -> redeem(entering(SECRET), "alice-x", ticket).statusCode();

    List<Future<Integer>> uses;
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      uses = threads.invokeAll(java.util.Collections.nCopies(8, use));
    }

    int entered = 0;
    for (Future<Integer> each : uses) {
      entered += each.get() == 302 ? 1 : 0;
    }
    assertThat(entered).isEqualTo(1);
  }

  @Test
  void aTicketIsOverAfterItsTime() throws SQLException {
    alice.signIn("alice", "/");
    String ticket = ticket(alice);
    assertThat(
            Sql.column(
                "SELECT expires_at BETWEEN now() + interval '20 s' AND now() + interval '30 s'"
                    + " FROM auth.desktop_tickets ORDER BY expires_at DESC LIMIT 1"))
        .containsExactly("t");
    Sql.update("UPDATE auth.desktop_tickets SET expires_at = now() - interval '1 s'");

    assertRefused(redeem(alice, "alice-x", ticket));
  }

  @Test
  void aTicketOnAnotherDesktopsHostIsRefusedAndSpent() {
    alice.signIn("alice", "/");
    String ticket = ticket(alice);

    assertRefused(redeem(alice, "alice-y", ticket));
    assertRefused(redeem(alice, "alice-x", ticket));
  }

  /** Somebody else's link would let a browser in as that person: sign-in by a stranger. */
  @Test
  void aTicketInABrowserThatDidNotAskForItIsRefused() {
    alice.signIn("alice", "/");

    assertRefused(redeem(new Browser(), "alice-x", ticket(alice)));
    assertRefused(redeem(entering("z".repeat(43)), "alice-x", ticket(alice)));
  }

  @Test
  void aTicketOfALoginThatHasEndedIsRefused() throws Exception {
    alice.signIn("alice", "/");
    String login = alice.cookie("berth");
    String ticket = ticket(alice);
    alice.post("/auth/logout", Map.of());

    assertRefused(redeem(alice, "alice-x", ticket));
    alice.cookies().put("berth", login);
    assertThat(Browser.location(alice.get(ask(PLACE)))).contains("/auth/login");
  }

  @Test
  void whoIsNotSignedInSignsInFirstAndComesBackByThePortal() {
    HttpResponse<String> answer = alice.get(ask(PLACE));

    assertThat(Browser.location(answer))
        .isEqualTo(
            RealServices.publicUrl() + "/auth/login?return_to=%2Fdesktop%2Falice-x%2Ffile%3Fa%3Db");
    assertThat(Browser.location(alice.signIn("alice", PLACE)))
        .isEqualTo(RealServices.publicUrl() + PLACE);
  }

  @Test
  void anothersPlantedLoginGivesNoTicket() {
    Browser bob = new Browser();
    bob.signIn("bob", "/");
    alice.signIn("alice", "/");
    String own = alice.cookie("berth");
    String planted = bob.cookie("berth");

    for (String both : List.of(own + "; berth=" + planted, planted + "; berth=" + own)) {
      alice.cookies().put("berth", both);
      assertThat(Browser.location(alice.get(ask(PLACE)))).contains("/auth/login");
    }
  }

  @Test
  void aPlantedCopyThatIsNoLoginIsPassedOver() {
    alice.signIn("alice", "/");
    alice.cookies().put("berth", "planted; berth=" + alice.cookie("berth"));
    alice.cookies().put("berth-entry", "planted; berth-entry=" + SECRET);

    assertThat(redeem(alice, "alice-x", ticket(alice)).statusCode()).isEqualTo(302);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example/",
        "//evil.example/desktop/alice-x/",
        "/desktop/alice-x.evil.example/",
        "/desktop/alice-x@evil.example/",
        "/desktop/alice-x/../../evil",
        "/portal",
      })
  void onlyADesktopsAddressIsReturnedTo(String place) {
    alice.signIn("alice", "/");

    HttpResponse<String> answer = alice.get(ask(place));

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.headers().firstValue("Location")).isEmpty();
  }

  @Test
  void aSchemeRelativePlaceInsideStaysOnTheDesktopsHost() {
    alice.signIn("alice", "/");
    String entry = Browser.location(alice.get(ask("/desktop/alice-x//evil.example")));

    HttpResponse<String> entered =
        redeem(alice, "alice-x", entry.substring(entry.indexOf('=') + 1));

    assertThat(Browser.location(entered))
        .isEqualTo("http://alice-x.desktops.localhost:%d/".formatted(port()));
  }

  @Test
  void askingTwiceOrWithoutProofGivesNoTicket() throws SQLException {
    alice.signIn("alice", "/");
    long before = tickets();

    assertRefused(alice.get("/auth/desktop?return_to=" + PLACE));
    assertRefused(alice.get("/auth/desktop?return_to=" + PLACE + "&proof=short"));
    assertThat(alice.get(ask(PLACE) + "&return_to=/desktop/bob-x/").statusCode()).isEqualTo(404);

    assertThat(tickets()).isEqualTo(before);
  }

  @Test
  void noTicketCanBeReadInTheDatabase() throws SQLException {
    alice.signIn("alice", "/");

    String ticket = ticket(alice);

    assertThat(ticket).matches("[\\w-]{43}");
    assertThat(Sql.column("SELECT t::text FROM auth.desktop_tickets t"))
        .isNotEmpty()
        .noneMatch(row -> row.contains(ticket));
  }

  /** Else the desktops of whoever was there before would stay open to who comes next. */
  @Test
  void signingInAsSomebodyElseEndsTheLoginThatWasThere() throws Exception {
    alice.signIn("alice", "/");
    String login = LoginTokenReader.verified(alice.cookie("berth")).getStringClaimValue("sid");
    String planted = alice.cookie("berth");
    alice.cookies().clear();
    Browser shared = new Browser();
    shared.cookies().put("berth", planted);

    shared.signIn("bob", "/");

    assertThat(Sql.column("SELECT login_id FROM auth.revocations")).contains(login);
  }

  /** A desktop's origin keeps the login that it was entered by when the portal has a newer one. */
  @Test
  void signingOutEndsOlderLoginsOfTheSameSessionToo() throws Exception {
    alice.signIn("charlie", "/");
    String older = LoginTokenReader.verified(alice.cookie("berth")).getStringClaimValue("sid");
    alice.signIn("charlie", "/");
    assertThat(Sql.column("SELECT login_id FROM auth.revocations")).doesNotContain(older);

    alice.post("/auth/logout", Map.of());

    assertThat(Sql.column("SELECT login_id FROM auth.revocations")).contains(older);
  }

  private static long tickets() throws SQLException {
    return Sql.column("SELECT 1 FROM auth.desktop_tickets").size();
  }

  private static void assertRefused(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.headers().firstValue("Location")).isEmpty();
    assertThat(answer.headers().allValues("Set-Cookie")).isEmpty();
    assertThat(answer.headers().firstValue("Referrer-Policy")).contains("no-referrer");
    assertThat(answer.body())
        .contains("This desktop was not opened", ".desktops.localhost:" + port() + "/\"")
        .doesNotContain("ticket=");
  }
}
