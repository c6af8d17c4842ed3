package io.berth.proxy.rehearsal;

import io.berth.common.LoginClaims;
import java.util.List;
import java.util.UUID;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;

/** A key made for this rehearsal, and the one person whose logins it signs. */
final class StageLogin {

  /** Where the edge believes to be. */
  static final String PUBLIC_URL = "http://rehearsal.localhost";

  static final String PERSON = UUID.randomUUID().toString();

  private static final float MINUTES = 10;

  private final EllipticCurveJsonWebKey key;

  StageLogin() throws JoseException {
    key = EcJwkGenerator.generateJwk(EllipticCurves.P256);
    key.setKeyId("rehearsal");
    key.setAlgorithm(AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256);
    key.setUse("sig");
  }

  String jwks() {
    return new JsonWebKeySet(key).toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY);
  }

  /** The token of a new login. */
  String token() throws JoseException {
    JwtClaims claims = new JwtClaims();
    claims.setIssuer(PUBLIC_URL);
    claims.setAudience(LoginClaims.AUDIENCE);
    claims.setSubject(PERSON);
    claims.setExpirationTimeMinutesInTheFuture(MINUTES);
    claims.setIssuedAtToNow();
    claims.setStringClaim(LoginClaims.SLUG, "rehearsal");
    claims.setStringListClaim(LoginClaims.ROLES, List.of(LoginClaims.USER));
    claims.setStringClaim(LoginClaims.LOGIN_ID, UUID.randomUUID().toString());
    JsonWebSignature signature = new JsonWebSignature();
    signature.setPayload(claims.toJson());
    signature.setKeyIdHeaderValue(key.getKeyId());
    signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256);
    signature.setKey(key.getPrivateKey());
    return signature.getCompactSerialization();
  }
}
