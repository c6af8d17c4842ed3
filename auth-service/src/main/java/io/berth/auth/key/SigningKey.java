package io.berth.auth.key;

import java.security.interfaces.ECPrivateKey;
import java.time.Instant;
import java.util.Map;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;

/**
 * One EC P-256 key that signs login tokens.
 *
 * @param jwk both halves, with {@code kid}, {@code alg} and {@code use}
 * @param signsFrom from when on it signs; published before
 */
record SigningKey(PublicJsonWebKey jwk, Instant signsFrom) {

  static SigningKey made(Instant signsFrom) {
    try {
      EllipticCurveJsonWebKey jwk = EcJwkGenerator.generateJwk(EllipticCurves.P256);
      jwk.setKeyId(jwk.calculateBase64urlEncodedThumbprint("SHA-256"));
      jwk.setAlgorithm(AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256);
      jwk.setUse("sig");
      return new SigningKey(jwk, signsFrom);
    } catch (JoseException e) {
      throw new IllegalStateException("EC P-256 is not usable in this JVM", e);
    }
  }

  static SigningKey read(String privateJwk, Instant signsFrom) {
    try {
      return new SigningKey(PublicJsonWebKey.Factory.newPublicJwk(privateJwk), signsFrom);
    } catch (JoseException e) {
      throw new IllegalStateException("a row of auth.signing_keys is no JWK", e);
    }
  }

  String kid() {
    return jwk.getKeyId();
  }

  ECPrivateKey privateKey() {
    return (ECPrivateKey) jwk.getPrivateKey();
  }

  Map<String, Object> publicParameters() {
    return jwk.toParams(OutputControlLevel.PUBLIC_ONLY);
  }

  String publicJson() {
    return jwk.toJson(OutputControlLevel.PUBLIC_ONLY);
  }

  String privateJson() {
    return jwk.toJson(JsonWebKey.OutputControlLevel.INCLUDE_PRIVATE);
  }
}
