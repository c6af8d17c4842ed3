package io.berth.auth.logout;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jspecify.annotations.Nullable;

/**
 * What a provider says by its back channel: this session, or this person, is signed out (OpenID
 * Connect Back-Channel Logout 1.0, 2.4 and 2.6).
 *
 * @param issuer the provider
 * @param id of the token; each counts once
 * @param expiresAt until when the id is to be remembered
 * @param providerSession the session that ended; one of this and {@code subject} is there
 * @param subject the person whose sessions ended
 */
record LogoutToken(
    String issuer,
    String id,
    Instant expiresAt,
    @Nullable String providerSession,
    @Nullable String subject) {

  private static final String EVENT = "http://schemas.openid.net/event/backchannel-logout";
  private static final Duration OLDEST = Duration.ofMinutes(5);
  private static final Duration SKEW = Duration.ofMinutes(1);

  /**
   * Reads claims whose signature, issuer, audience and expiry were verified.
   *
   * @throws LogoutTokenRefused if they are not a logout token's of now
   */
  static LogoutToken read(JwtClaims claims, Instant now) {
    try {
      if (!(claims.getClaimValue("events") instanceof Map<?, ?> events)
          || !(events.get(EVENT) instanceof Map)) {
        throw new LogoutTokenRefused("it names no logout event");
      }
      if (claims.hasClaim("nonce")) {
        throw new LogoutTokenRefused("it has a nonce: an id token is no logout token");
      }
      String session = claims.getStringClaimValue("sid");
      String subject = claims.getSubject();
      if (session == null && subject == null) {
        throw new LogoutTokenRefused("it names neither a session nor a person");
      }
      requireRecent(claims.getIssuedAt(), now);
      String id = claims.getJwtId();
      if (id == null || id.isBlank() || id.length() > 500) {
        throw new LogoutTokenRefused("it has no id");
      }
      Instant expiry = Instant.ofEpochSecond(claims.getExpirationTime().getValue());
      Instant forgotten = later(expiry, now.plus(OLDEST)).plus(SKEW);
      return new LogoutToken(claims.getIssuer(), id, forgotten, session, subject);
    } catch (MalformedClaimException e) {
      throw new LogoutTokenRefused("a claim has the wrong type");
    }
  }

  private static void requireRecent(@Nullable NumericDate issuedAt, Instant now) {
    if (issuedAt == null) {
      throw new LogoutTokenRefused("it does not say when it was issued");
    }
    Instant issued = Instant.ofEpochSecond(issuedAt.getValue());
    if (issued.isAfter(now.plus(SKEW)) || issued.isBefore(now.minus(OLDEST).minus(SKEW))) {
      throw new LogoutTokenRefused("it was not issued just now");
    }
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
