package io.berth.auth.logout;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.auth.testing.Browser;
import io.berth.auth.testing.LoginTokenReader;
import io.berth.auth.testing.RealServices;
import io.berth.auth.testing.Revoked;
import io.berth.auth.testing.Sql;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(RealServices.class)
class LogoutTest {

  private final Browser browser = new Browser();

  @Test
  void endsTheLoginHereAndTheSessionAtKeycloak() throws Exception {
    browser.signIn("charlie", "/");
    String login = loginId();
    HttpResponse<String> page;
    try (Revoked revoked = new Revoked()) {
      page = browser.post("/auth/logout", Map.of());

      assertThat(revoked.next()).contains(login);
    }
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(browser.cookies()).doesNotContainKey("berth");
    assertThat(Sql.column("SELECT login_id FROM auth.revocations")).contains(login);
    assertThat(Sql.column("SELECT id FROM auth.logins")).doesNotContain(login);

    HttpResponse<String> atKeycloak = browser.get(Browser.onward(page));

    assertThat(Browser.location(atKeycloak))
        .isEqualTo(RealServices.publicUrl() + "/auth/signed-out");
    HttpResponse<String> signInAgain = browser.get(Browser.location(browser.get("/auth/login")));
    assertThat(signInAgain.statusCode()).isEqualTo(200);
    assertThat(signInAgain.body()).contains("name=\"password\"");
  }

  @Test
  void aFormOnAnotherSiteSignsNobodyOut() throws Exception {
    browser.signIn("charlie", "/");
    String login = loginId();

    for (String origin :
        new String[] {"https://evil.example", "null", RealServices.publicUrl() + ".evil.example"}) {
      HttpResponse<String> answer = browser.post("/auth/logout", Map.of(), origin);

      assertThat(answer.statusCode()).isEqualTo(403);
    }
    assertThat(browser.cookies()).containsKey("berth");
    assertThat(Sql.column("SELECT id FROM auth.logins")).contains(login);
  }

  @Test
  void askingForThePageSignsNobodyOut() throws Exception {
    browser.signIn("charlie", "/");

    HttpResponse<String> page = browser.get("/auth/logout");

    assertThat(page.body()).contains("Sign out?", "method=\"post\"");
    assertThat(Sql.column("SELECT id FROM auth.logins")).contains(loginId());
  }

  @Test
  void whoIsNotSignedInIsJustSignedOut() {
    browser.cookies().put("berth", "eyJhbGciOiJub25lIn0.e30.");

    HttpResponse<String> answer = browser.post("/auth/logout", Map.of());

    assertThat(Browser.location(answer)).isEqualTo(RealServices.publicUrl() + "/auth/signed-out");
    assertThat(browser.cookies()).doesNotContainKey("berth");
    assertThat(browser.get("/auth/signed-out").body()).contains("You are signed out");
  }

  @Test
  void aPlantedCookieDoesNotKeepTheLoginAlive() throws Exception {
    browser.signIn("charlie", "/");
    String login = loginId();
    String own = browser.cookie("berth");
    browser.cookies().put("berth", "planted; berth=" + own + "; berth=planted");

    browser.post("/auth/logout", Map.of());

    assertThat(Sql.column("SELECT login_id FROM auth.revocations")).contains(login);
  }

  private String loginId() throws Exception {
    return LoginTokenReader.verified(browser.cookie("berth")).getStringClaimValue("sid");
  }
}
