package io.berth.proxy.login;

import io.berth.common.LoginClaims;
import io.berth.common.ProxyPath;
import io.berth.common.Slug;
import java.security.PublicKey;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.consumer.ErrorCodes;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.jwx.JsonWebStructure;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/** Verifies login tokens: ES256 by a known key and nothing else, issuer, audience, expiry. */
final class LoginTokens {

  /** Clocks of two machines may differ by this much. */
  static final int SKEW_SECONDS = 60;

  private static final int LONGEST_TOKEN = 4096;

  private final SigningKeys keys;
  private final String issuer;

  LoginTokens(SigningKeys keys, String issuer) {
    this.keys = keys;
    this.issuer = issuer;
  }

  /** What a reading of a token gave. */
  sealed interface Reading {
    record Known(Verdict verdict) implements Reading {}

    /** Signed by a key that is not here (yet). */
    record KeyUnknown() implements Reading {}
  }

  Reading read(String token) {
    if (token.length() > LONGEST_TOKEN) {
      return rejected("malformed");
    }
    String keyId = keyIdOf(token);
    if (keyId == null) {
      return rejected("malformed");
    }
    PublicKey key = keys.find(keyId);
    return key == null ? new Reading.KeyUnknown() : new Reading.Known(verify(token, key));
  }

  private static Reading rejected(String reason) {
    return new Reading.Known(new Verdict.Rejected(reason));
  }

  /** The key's id that an ES256 token names, or null if it is no such token. */
  private static @Nullable String keyIdOf(String token) {
    try {
      JsonWebStructure parsed = JsonWebStructure.fromCompactSerialization(token);
      boolean pinned =
          AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256.equals(
              parsed.getAlgorithmHeaderValue());
      return pinned ? parsed.getKeyIdHeaderValue() : null;
    } catch (JoseException | RuntimeException e) {
      return null;
    }
  }

  private Verdict verify(String token, PublicKey key) {
    JwtConsumer consumer =
        new JwtConsumerBuilder()
            .setVerificationKey(key)
            .setJwsAlgorithmConstraints(
                new AlgorithmConstraints(
                    AlgorithmConstraints.ConstraintType.PERMIT,
                    AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256))
            .setExpectedIssuer(issuer)
            .setExpectedAudience(LoginClaims.AUDIENCE, LoginClaims.DESKTOP_AUDIENCE)
            .setRequireExpirationTime()
            .setRequireSubject()
            .setAllowedClockSkewInSeconds(SKEW_SECONDS)
            .build();
    try {
      JwtClaims claims = consumer.processToClaims(token);
      return verdict(claims, claimsOf(claims));
    } catch (InvalidJwtException e) {
      return new Verdict.Rejected(reasonOf(e));
    } catch (MalformedClaimException | RuntimeException e) {
      return new Verdict.Rejected("claims");
    }
  }

  /** One audience, since what opens one door must open no other. */
  private static Verdict verdict(JwtClaims claims, LoginClaims login)
      throws MalformedClaimException {
    List<String> audience = claims.getAudience();
    if (audience.equals(List.of(LoginClaims.AUDIENCE))) {
      return new Verdict.Accepted(login);
    }
    if (audience.equals(List.of(LoginClaims.DESKTOP_AUDIENCE))) {
      String desktop = claims.getStringClaimValue(LoginClaims.DESKTOP);
      return new Verdict.AcceptedAt(new ProxyPath(desktop), login);
    }
    return new Verdict.Rejected("not-for-us");
  }

  private static LoginClaims claimsOf(JwtClaims claims) throws MalformedClaimException {
    String loginId = claims.getStringClaimValue(LoginClaims.LOGIN_ID);
    String slug = claims.getStringClaimValue(LoginClaims.SLUG);
    if (loginId == null || loginId.isEmpty() || slug == null) {
      throw new IllegalArgumentException("a claim is missing");
    }
    List<String> roles =
        claims.hasClaim(LoginClaims.ROLES)
            ? claims.getStringListClaimValue(LoginClaims.ROLES)
            : List.of();
    return new LoginClaims(
        UUID.fromString(claims.getSubject()).toString(),
        new Slug(slug),
        Set.copyOf(roles),
        loginId,
        Instant.ofEpochSecond(claims.getExpirationTime().getValue()));
  }

  private static String reasonOf(InvalidJwtException e) {
    if (e.hasExpired()) {
      return "expired";
    }
    if (e.hasErrorCode(ErrorCodes.SIGNATURE_INVALID)) {
      return "signature";
    }
    return e.hasErrorCode(ErrorCodes.ISSUER_INVALID) || e.hasErrorCode(ErrorCodes.AUDIENCE_INVALID)
        ? "not-for-us"
        : "claims";
  }
}
