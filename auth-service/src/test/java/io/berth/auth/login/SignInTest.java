package io.berth.auth.login;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.auth.testing.Browser;
import io.berth.auth.testing.LoginTokenReader;
import io.berth.auth.testing.RealServices;
import io.berth.auth.testing.Sql;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.jose4j.jwt.JwtClaims;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(RealServices.class)
class SignInTest {

  private final Browser browser = new Browser();

  @Test
  void leadsThroughKeycloakToTheWantedPlaceWithOneCookie() {
    HttpResponse<String> done = browser.signIn("alice", "/desktop/alice-x/?a=b&c=%2Fd");

    assertThat(done.statusCode()).isEqualTo(303);
    assertThat(Browser.location(done))
        .isEqualTo(RealServices.publicUrl() + "/desktop/alice-x/?a=b&c=%2Fd");
    List<String> kept =
        done.headers().allValues("Set-Cookie").stream()
            .filter(cookie -> !cookie.contains("Max-Age=0"))
            .toList();
    assertThat(kept).singleElement().asString().startsWith("berth=");
    assertThat(kept.getFirst())
        .containsIgnoringCase("; HttpOnly")
        .contains("; SameSite=Lax", "; Path=/", "; Max-Age=36000")
        .doesNotContain("Secure", "Domain");
  }

  @Test
  void theCookiesTokenSaysWhoItIs() throws Exception {
    browser.signIn("alice", "/");

    JwtClaims claims = LoginTokenReader.verified(token());

    assertThat(claims.getClaimNames())
        .containsExactlyInAnyOrder(
            "iss", "aud", "sub", "slug", "groups", "member_of", "sid", "iat", "exp");
    assertThat(UUID.fromString(claims.getSubject())).isNotNull();
    assertThat(claims.getStringClaimValue("slug")).isEqualTo("alice");
    assertThat(claims.getStringListClaimValue("groups")).containsExactly("user");
    assertThat(claims.getStringListClaimValue("member_of")).containsExactly("berth-users");
    assertThat(claims.getExpirationTime().getValue() - claims.getIssuedAt().getValue())
        .isBetween(35_999L, 36_001L);
  }

  @Test
  void anAdministratorsTokenSaysSo() throws Exception {
    browser.signIn("admin", "/");

    assertThat(LoginTokenReader.verified(token()).getStringListClaimValue("groups"))
        .containsExactlyInAnyOrder("user", "admin");
  }

  @Test
  void eachSignInIsANewLoginOfTheSamePerson() throws Exception {
    browser.signIn("bob", "/");
    JwtClaims first = LoginTokenReader.verified(token());

    browser.signIn("bob", "/");

    JwtClaims second = LoginTokenReader.verified(token());
    assertThat(second.getStringClaimValue("sid")).isNotEqualTo(first.getStringClaimValue("sid"));
    assertThat(second.getSubject()).isEqualTo(first.getSubject());
  }

  @Test
  void noTokenOfTheProviderIsInACookieOrReadableInTheDatabase() throws Exception {
    String callback = browser.callbackAddress("alice", "/");
    String state = browser.cookie(stateCookie(browser));
    HttpResponse<String> done = browser.get(callback);

    assertThat(state.split("\\|", -1)[1]).as("encrypted (JWE)").matches("[\\w-]+(\\.[\\w-]*){4}");
    for (String cookie : done.headers().allValues("Set-Cookie")) {
      assertThat(cookie).doesNotContain("q_session").doesNotContain("realms");
    }
    String payload =
        new String(
            Base64.getUrlDecoder().decode(token().split("\\.", -1)[1]), StandardCharsets.UTF_8);
    assertThat(payload).doesNotContain("realms");
    assertThat(Sql.column("SELECT encode(sealed_id_token, 'escape') FROM auth.logins"))
        .isNotEmpty()
        .noneMatch(sealed -> sealed.contains("eyJ"));
  }

  @Test
  void theStateCookieIsForTheSignInOnly() {
    HttpResponse<String> start = browser.get("/auth/login");

    assertThat(start.statusCode()).isEqualTo(302);
    assertThat(Browser.location(start))
        .contains("code_challenge_method=S256", "nonce=", "state=")
        .contains("redirect_uri=" + callbackEncoded());
    assertThat(start.headers().allValues("Set-Cookie"))
        .singleElement()
        .asString()
        .contains("; Path=/auth", "; SameSite=Lax")
        .containsIgnoringCase("; HttpOnly");
  }

  @Test
  void aForeignReturnAddressStaysHere() {
    HttpResponse<String> done = signInFollowing("/auth/login?return_to=%2F%2Fevil.example");

    assertThat(Browser.location(done)).isEqualTo(RealServices.publicUrl() + "/");
  }

  @Test
  void manyUnfinishedSignInsDoNotPileUp() {
    for (int i = 0; i < 30; i++) {
      browser.get("/auth/login");
    }

    assertThat(browser.cookies()).hasSizeLessThan(12);
    assertThat(browser.signIn("alice", "/").statusCode()).isEqualTo(303);
  }

  private HttpResponse<String> signInFollowing(String address) {
    HttpResponse<String> start = browser.get(address);
    if (start.statusCode() == 303) {
      start = browser.get(Browser.location(start));
    }
    return browser.get(browser.atKeycloak(Browser.location(start), "alice"));
  }

  private String token() {
    return browser.cookie("berth");
  }

  static String stateCookie(Browser browser) {
    return browser.cookies().keySet().stream()
        .filter(name -> name.startsWith("q_auth_"))
        .findFirst()
        .orElseThrow();
  }

  private static String callbackEncoded() {
    return RealServices.publicUrl().replace(":", "%3A").replace("/", "%2F") + "%2Fauth%2Fcallback";
  }
}
