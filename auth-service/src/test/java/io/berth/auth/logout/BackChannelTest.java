package io.berth.auth.logout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.auth.testing.Browser;
import io.berth.auth.testing.LoginTokenReader;
import io.berth.auth.testing.RealServices;
import io.berth.auth.testing.Revoked;
import io.berth.auth.testing.Sql;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.keys.HmacKey;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(RealServices.class)
class BackChannelTest {

  private static final String EVENT = "http://schemas.openid.net/event/backchannel-logout";

  private final Browser browser = new Browser();

  private final LogoutTokens tokens;

  @Inject
  BackChannelTest(LogoutTokens tokens) {
    this.tokens = tokens;
  }

  /** Keycloak tells of the sign-out itself, by its own signed logout token. */
  @Test
  void aSignOutAtKeycloakEndsTheLoginHere() throws Exception {
    browser.signIn("bob", "/");
    String login = loginId();
    Browser atKeycloak = new Browser();
    browser.cookies().forEach(atKeycloak.cookies()::put);
    atKeycloak.cookies().remove("berth");
    try (Revoked revoked = new Revoked()) {
      HttpResponse<String> ask =
          atKeycloak.get(
              RealServices.publicUrl() + "/idp/realms/berth/protocol/openid-connect/logout");
      atKeycloak.submit(ask);

      assertThat(revoked.next()).contains(login);
    }
  }

  @Test
  void aForgedTokenEndsNothing() throws Exception {
    browser.signIn("bob", "/");
    String login = loginId();
    RsaJsonWebKey foreign = RsaJwkGenerator.generateJwk(2048);
    foreign.setKeyId("foreign");

    refused(unsigned());
    refused(signed(claims(), foreign, "foreign"));
    refused(signed(claims(), foreign, keycloaksKeyId()));
    refused(hmac());
    refused("not a token");
    refused("");
    refused(browser.cookie("berth"));

    assertThat(Sql.column("SELECT id FROM auth.logins")).contains(login);
  }

  /** Keycloak signed it, for this client; it is still no logout token. */
  @Test
  void anIdTokenEndsNothing() throws Exception {
    browser.signIn("bob", "/");
    String login = loginId();

    String onward = Browser.onward(browser.post("/auth/logout", Map.of()));
    String idToken = onward.replaceAll(".*id_token_hint=([^&]+).*", "$1");
    browser.signIn("bob", "/");
    String newLogin = loginId();
    refused(idToken);

    assertThat(newLogin).isNotEqualTo(login);
    assertThat(Sql.column("SELECT id FROM auth.logins")).contains(newLogin);
  }

  @Test
  void aTokenCountsOnce() {
    LogoutToken token =
        new LogoutToken("issuer", "once", Instant.now().plusSeconds(60), "session", null);
    tokens.honour(token);

    assertThatThrownBy(() -> tokens.honour(token))
        .isInstanceOf(LogoutTokenRefused.class)
        .hasMessageContaining("before");
  }

  @Test
  void aPersonsSignOutEndsAllTheirLoginsAndNobodyElses() throws Exception {
    browser.signIn("bob", "/");
    Browser second = new Browser();
    second.signIn("bob", "/");
    Browser other = new Browser();
    other.signIn("alice", "/");
    String issuer = Sql.column("SELECT issuer FROM auth.people WHERE slug = 'bob'").getFirst();
    String subject = Sql.column("SELECT subject FROM auth.people WHERE slug = 'bob'").getFirst();

    int atAnother = tokens.honour(token("https://other.example", subject, "token-1"));
    int ended = tokens.honour(token(issuer, subject, "token-2"));

    assertThat(atAnother).isZero();
    assertThat(ended).isGreaterThanOrEqualTo(2);
    assertThat(
            Sql.column("SELECT p.slug FROM auth.logins l JOIN auth.people p ON p.id = l.person_id"))
        .contains("alice")
        .doesNotContain("bob");
  }

  private static LogoutToken token(String issuer, String subject, String id) {
    return new LogoutToken(issuer, id, Instant.now().plusSeconds(60), null, subject);
  }

  private void refused(String token) {
    HttpResponse<String> answer =
        new Browser().post("/auth/backchannel-logout", Map.of("logout_token", token));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
  }

  private static JwtClaims claims() {
    JwtClaims claims = new JwtClaims();
    claims.setIssuer(RealServices.publicUrl() + "/idp/realms/berth");
    claims.setAudience("berth");
    claims.setIssuedAtToNow();
    claims.setExpirationTimeMinutesInTheFuture(2);
    claims.setGeneratedJwtId();
    claims.setSubject("anyone");
    claims.setClaim("events", Map.of(EVENT, Map.of()));
    return claims;
  }

  private static String signed(JwtClaims claims, RsaJsonWebKey key, String keyId) throws Exception {
    JsonWebSignature signature = new JsonWebSignature();
    signature.setPayload(claims.toJson());
    signature.setAlgorithmHeaderValue("RS256");
    signature.setKeyIdHeaderValue(keyId);
    signature.setKey(key.getPrivateKey());
    return signature.getCompactSerialization();
  }

  private static String unsigned() throws Exception {
    JsonWebSignature signature = new JsonWebSignature();
    signature.setAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS);
    signature.setPayload(claims().toJson());
    signature.setAlgorithmHeaderValue("none");
    return signature.getCompactSerialization();
  }

  /** Algorithm confusion: whoever knows a public key could make it. */
  private static String hmac() throws Exception {
    JsonWebSignature signature = new JsonWebSignature();
    signature.setPayload(claims().toJson());
    signature.setAlgorithmHeaderValue("HS256");
    signature.setKeyIdHeaderValue(keycloaksKeyId());
    signature.setKey(new HmacKey("x".repeat(64).getBytes(StandardCharsets.UTF_8)));
    return signature.getCompactSerialization();
  }

  private static String keycloaksKeyId() {
    String jwks =
        new Browser()
            .get(RealServices.publicUrl() + "/idp/realms/berth/protocol/openid-connect/certs")
            .body();
    return jwks.replaceAll("(?s).*?\"kid\":\"([^\"]+)\".*", "$1");
  }

  private String loginId() throws Exception {
    return LoginTokenReader.verified(browser.cookie("berth")).getStringClaimValue("sid");
  }
}
