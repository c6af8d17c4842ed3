package io.berth.proxy.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LoginTest {

  private static EdgeUnderTest edge;

  @BeforeAll
  static void start() {
    edge = EdgeUnderTest.started();
  }

  @AfterAll
  static void stop() {
    edge.close();
  }

  private static int statusWith(String token) {
    return edge.browser().cookie("berth=" + token).get("/api/v1/me").status();
  }

  private static JwtClaims claims() {
    return TestIssuer.claims(Person.ALICE, "login-1");
  }

  @Test
  void anUnsignedTokenIsNoLogin() {
    Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
    String header =
        encoder.encodeToString(
            "{\"alg\":\"none\",\"kid\":\"key-1\"}".getBytes(StandardCharsets.UTF_8));
    String payload = encoder.encodeToString(claims().toJson().getBytes(StandardCharsets.UTF_8));

    assertThat(statusWith(header + "." + payload + ".")).isEqualTo(401);
  }

  @Test
  void theKnownPublicKeyIsNoSecret() {
    assertThat(statusWith(edge.issuer().confused(claims()))).isEqualTo(401);
  }

  @Test
  void anotherKeyUnderAKnownNameIsNoLogin() {
    assertThat(statusWith(TestIssuer.sign(claims(), TestIssuer.generate("key-1"), "key-1")))
        .isEqualTo(401);
  }

  @Test
  void anotherIssuerAudienceOrNoExpiryIsNoLogin() {
    JwtClaims issuer = claims();
    issuer.setIssuer("http://evil.test");
    JwtClaims audience = claims();
    audience.setAudience("other");
    JwtClaims forever = claims();
    forever.unsetClaim("exp");

    assertThat(statusWith(edge.issuer().sign(issuer))).isEqualTo(401);
    assertThat(statusWith(edge.issuer().sign(audience))).isEqualTo(401);
    assertThat(statusWith(edge.issuer().sign(forever))).isEqualTo(401);
  }

  @Test
  void aClockMayDifferBySecondsButNotByMinutes() {
    JwtClaims justOver = claims();
    justOver.setIssuedAt(secondsAgo(900));
    justOver.setExpirationTime(secondsAgo(30));
    JwtClaims longOver = claims();
    longOver.setIssuedAt(secondsAgo(900));
    longOver.setExpirationTime(secondsAgo(600));

    assertThat(statusWith(edge.issuer().sign(justOver))).isEqualTo(200);
    assertThat(statusWith(edge.issuer().sign(longOver))).isEqualTo(401);
  }

  private static NumericDate secondsAgo(int seconds) {
    NumericDate time = NumericDate.now();
    time.addSeconds(-seconds);
    return time;
  }

  @Test
  void aFloodOfUnknownKeysReadsTheKeysAtMostOnce() {
    int before = edge.issuer().keysRead();

    for (int i = 0; i < 50; i++) {
      assertThat(statusWith(TestIssuer.sign(claims(), edge.issuer().key(), "key-x" + i)))
          .isEqualTo(401);
    }

    assertThat(edge.issuer().keysRead() - before).isLessThanOrEqualTo(1);
  }

  @Test
  void aRevokedLoginIsOver() {
    String token = edge.issuer().token(Person.ALICE, "to-be-revoked");
    assertThat(statusWith(token)).isEqualTo(200);

    TestDatabase.shared().revoke("to-be-revoked");

    Eventually.eventually("revoked", () -> statusWith(token) == 401);
  }

  @Test
  void aCopyThatIsNoLoginIsPassedOver() {
    String token = edge.issuer().token(Person.ALICE, "login-2");

    assertThat(edge.browser().cookie("berth=junk; berth=" + token + ";berth=x").get("/x").status())
        .isEqualTo(200);
  }

  @Test
  void twoLoginsOfDifferentPeopleTakeOverNeitherAndDoNotLoop() {
    String alice = edge.issuer().token(Person.ALICE, "login-3");
    String bob = edge.issuer().token(Person.BOB, "login-4");

    Browser.Answer answer =
        edge.browser().cookie("berth=" + bob + "; berth=" + alice).navigating().get("/x");

    assertThat(answer.status()).isEqualTo(302);
    assertThat(answer.header("Clear-Site-Data")).isEqualTo("\"cookies\"");
  }

  @Test
  void theServiceGetsTheTokenAndNoneOfTheClientsClaims() {
    String token = edge.issuer().token(Person.ALICE, "login-5");

    String head =
        edge.browser()
            .cookie("a=1; berth=" + token + "; Berth=x; __Host-berth=y")
            .header("Authorization: Basic evil")
            .header("X-Forwarded-For: 6.6.6.6")
            .header("X_Forwarded_Host: evil")
            .header("Forwarded: for=evil")
            .header("X-Real-IP: 6.6.6.6")
            .header("X-Auth-User: admin")
            .header("Connection: authorization")
            .get("/api/v1/me")
            .body();

    assertThat(head).contains("Authorization: Bearer " + token, "Cookie: a=1\r\n");
    assertThat(head).contains("X-Forwarded-For: 127.0.0.1", "Host: berth.test:5006");
    assertThat(head).doesNotContain("evil", "6.6.6.6", "admin", "berth=", "Berth=");
  }

  @Test
  void aMachinesBearerTokenIsLeftToTheServiceUnlessThereIsACookie() {
    Browser machine = edge.browser().header("Authorization: Bearer machine");

    assertThat(machine.get("/api/v1/me").body()).contains("Authorization: Bearer machine");
    assertThat(machine.cookie("berth=junk").get("/api/v1/me").status()).isEqualTo(401);
    assertThat(machine.get("/").status()).isEqualTo(401);
  }

  @Test
  void authServiceGetsTheCookieAndNoBearer() {
    String head =
        edge.browser()
            .cookie("berth=token")
            .header("Authorization: Bearer x")
            .get("/auth/x")
            .body();

    assertThat(head).contains("Cookie: berth=token").doesNotContain("Authorization");
  }
}
