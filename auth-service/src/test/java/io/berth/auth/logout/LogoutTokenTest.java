package io.berth.auth.logout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LogoutTokenTest {

  private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
  private static final String EVENT = "http://schemas.openid.net/event/backchannel-logout";

  @Test
  void namesTheSessionThatEnded() {
    assertThat(LogoutToken.read(good(), NOW).providerSession()).isEqualTo("session-1");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("spoilt")
  void provesNothingWithout(String what, Consumer<JwtClaims> spoil) {
    JwtClaims claims = good();
    spoil.accept(claims);

    assertThatThrownBy(() -> LogoutToken.read(claims, NOW)).isInstanceOf(LogoutTokenRefused.class);
  }

  static Stream<Arguments> spoilt() {
    return Stream.of(
        spoilt("any event", claims -> claims.unsetClaim("events")),
        spoilt("the event", claims -> claims.setClaim("events", Map.of("x", Map.of()))),
        spoilt("an event object", claims -> claims.setClaim("events", Map.of(EVENT, "x"))),
        spoilt("being other than an id token", claims -> claims.setClaim("nonce", "n")),
        spoilt("an empty nonce left out", claims -> claims.setClaim("nonce", "")),
        spoilt("a time of issue", claims -> claims.unsetClaim("iat")),
        spoilt("a recent time of issue", claims -> claims.setIssuedAt(at(NOW.minusSeconds(600)))),
        spoilt("a time of issue past", claims -> claims.setIssuedAt(at(NOW.plusSeconds(600)))),
        spoilt("an id", claims -> claims.unsetClaim("jti")),
        spoilt("a short id", claims -> claims.setJwtId("j".repeat(501))),
        spoilt("a session that is text", claims -> claims.setClaim("sid", 7)),
        spoilt(
            "session or person",
            claims -> {
              claims.unsetClaim("sid");
              claims.unsetClaim("sub");
            }));
  }

  private static Arguments spoilt(String what, Consumer<JwtClaims> spoil) {
    return Arguments.of(what, spoil);
  }

  private static JwtClaims good() {
    JwtClaims claims = new JwtClaims();
    claims.setIssuer("https://provider.example");
    claims.setSubject("person-1");
    claims.setClaim("sid", "session-1");
    claims.setJwtId("token-1");
    claims.setIssuedAt(at(NOW));
    claims.setExpirationTime(at(NOW.plusSeconds(120)));
    claims.setClaim("events", Map.of(EVENT, Map.of()));
    return claims;
  }

  private static NumericDate at(Instant instant) {
    return NumericDate.fromSeconds(instant.getEpochSecond());
  }
}
