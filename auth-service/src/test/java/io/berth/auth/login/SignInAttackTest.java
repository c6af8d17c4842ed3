package io.berth.auth.login;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.auth.testing.Browser;
import io.berth.auth.testing.RealServices;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(RealServices.class)
class SignInAttackTest {

  private final Browser browser = new Browser();

  @Test
  void aChangedStateIsNoLogin() {
    String callback = browser.callbackAddress("alice", "/");

    assertNoLogin(browser.get(callback.replaceAll("state=[^&]+", "state=forged")));
  }

  @Test
  void aCallbackInABrowserWithoutTheStateCookieIsNoLogin() {
    String callback = browser.callbackAddress("alice", "/");
    browser.cookies().remove(SignInTest.stateCookie(browser));

    assertNoLogin(browser.get(callback));
  }

  @Test
  void anotherSignInsStateCookieIsNoLogin() {
    String callback = browser.callbackAddress("alice", "/");
    String name = SignInTest.stateCookie(browser);
    Browser attacker = new Browser();
    attacker.get("/auth/login");
    String planted = attacker.cookie(SignInTest.stateCookie(attacker));
    browser.cookies().put(name, planted);

    assertNoLogin(browser.get(callback));
  }

  /** Right state, but the encrypted half with verifier and nonce is another flow's. */
  @Test
  void anotherFlowsPkceVerifierIsNoLogin() {
    String callback = browser.callbackAddress("alice", "/");
    String name = SignInTest.stateCookie(browser);
    String state = name.substring("q_auth_".length());
    Browser attacker = new Browser();
    attacker.get("/auth/login");
    String other = attacker.cookie(SignInTest.stateCookie(attacker));
    browser.cookies().put(name, state + other.substring(other.indexOf('|')));

    assertNoLogin(browser.get(callback));
  }

  @Test
  void anIdTokenWithAnotherNonceIsNoLogin() {
    String authorization = Browser.location(browser.get("/auth/login"));
    String changed = authorization.replaceAll("nonce=[^&]+", "nonce=forged");

    assertNoLogin(browser.get(browser.atKeycloak(changed, "alice")));
  }

  @Test
  void aCodeOfAnotherIssuerIsNoLogin() {
    String callback = browser.callbackAddress("alice", "/");

    assertNoLogin(browser.get(callback.replaceAll("iss=[^&]+", "iss=https%3A%2F%2Fevil.example")));
  }

  @Test
  void aReplayedCallbackIsNoLogin() {
    String callback = browser.callbackAddress("alice", "/");
    String name = SignInTest.stateCookie(browser);
    String state = browser.cookie(name);
    browser.get(callback);
    browser.cookies().remove("berth");

    assertNoLogin(browser.get(callback));
    browser.cookies().put(name, state);
    assertNoLogin(browser.get(callback));
  }

  @Test
  void aCancelledSignInEndsOnAPage() {
    String state = stateOf(Browser.location(browser.get("/auth/login")));

    assertNoLogin(browser.get("/auth/callback?error=access_denied&state=" + state));
  }

  @Test
  void plantedCookiesOfTheLibraryChangeNothing() {
    for (String name :
        new String[] {"q_session", "q_session_chunk_1", "q_session_evil", "q_auth"}) {
      browser.cookies().put(name, "planted");
    }

    HttpResponse<String> done = browser.signIn("alice", "/");

    assertThat(done.statusCode()).isEqualTo(303);
    assertThat(browser.cookies()).containsKey("berth").doesNotContainKey("q_session");
  }

  @Test
  void aPlantedLoginCookieIsReplacedBySigningIn() {
    browser.cookies().put("berth", "planted");

    browser.signIn("alice", "/");

    assertThat(browser.cookie("berth")).startsWith("eyJ");
  }

  private void assertNoLogin(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(browser.cookies()).doesNotContainKey("berth").doesNotContainKey("q_session");
    assertThat(answer.headers().firstValue("Location")).isEmpty();
    assertThat(answer.body())
        .contains("<h1>Sign-in was not finished</h1>", "Sign in again")
        .doesNotContain("Exception", "code=", "forged");
    assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
    assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains("default-src 'none'", "frame-ancestors 'none'");
    assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
  }

  private static String stateOf(String authorization) {
    return authorization.replaceAll(".*[?&]state=([^&]+).*", "$1");
  }
}
