package io.berth.proxy.edge;

import io.berth.proxy.upstream.Head;
import io.berth.proxy.upstream.ScriptedUpstream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.OctetSequenceJsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;

/** auth-service as the edge sees it: keys, tokens, and pages under /auth. */
final class TestIssuer implements AutoCloseable {

  static final String URL = "http://berth.test:5006";

  private final EllipticCurveJsonWebKey key = generate("key-1");
  private final AtomicInteger keysRead = new AtomicInteger();
  private final ScriptedUpstream server =
      new ScriptedUpstream((head, in, out) -> answer(head, out));

  private boolean answer(Head head, OutputStream out) throws IOException {
    boolean keys = head.target().equals("/auth/jwks");
    if (keys) {
      keysRead.incrementAndGet();
    }
    String body =
        keys
            ? new JsonWebKeySet(key).toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY)
            : head.text();
    out.write(
        "HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s"
            .formatted(body.length(), body)
            .getBytes(StandardCharsets.ISO_8859_1));
    return true;
  }

  static EllipticCurveJsonWebKey generate(String id) {
    try {
      EllipticCurveJsonWebKey generated = EcJwkGenerator.generateJwk(EllipticCurves.P256);
      generated.setKeyId(id);
      generated.setAlgorithm("ES256");
      generated.setUse("sig");
      return generated;
    } catch (JoseException e) {
      throw new IllegalStateException(e);
    }
  }

  int port() {
    return server.port();
  }

  int keysRead() {
    return keysRead.get();
  }

  EllipticCurveJsonWebKey key() {
    return key;
  }

  /** A login token as auth-service makes it. */
  String token(Person person, String loginId) {
    return sign(claims(person, loginId));
  }

  /** A token for one desktop's own origin, as auth-service makes it. */
  String desktopToken(Person person, String loginId, String desktop) {
    JwtClaims claims = claims(person, loginId);
    claims.setAudience("berth-desktop");
    claims.setStringClaim("desktop", desktop);
    claims.unsetClaim("groups");
    return sign(claims);
  }

  static JwtClaims claims(Person person, String loginId) {
    JwtClaims claims = new JwtClaims();
    claims.setIssuer(URL);
    claims.setAudience("berth");
    claims.setSubject(person.id());
    claims.setStringClaim("slug", person.slug());
    claims.setStringListClaim("groups", List.of("user"));
    claims.setStringClaim("sid", loginId);
    claims.setIssuedAtToNow();
    claims.setExpirationTimeMinutesInTheFuture(60);
    return claims;
  }

  String sign(JwtClaims claims) {
    return sign(claims, key, "key-1");
  }

  static String sign(JwtClaims claims, EllipticCurveJsonWebKey with, String keyId) {
    JsonWebSignature signature = new JsonWebSignature();
    signature.setPayload(claims.toJson());
    signature.setKey(with.getPrivateKey());
    signature.setAlgorithmHeaderValue("ES256");
    signature.setKeyIdHeaderValue(keyId);
    return serialized(signature);
  }

  /** HS256 with the public key as its secret: the classic confusion. */
  String confused(JwtClaims claims) {
    try {
      JsonWebSignature signature = new JsonWebSignature();
      signature.setPayload(claims.toJson());
      byte[] secret =
          key.toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY).getBytes(StandardCharsets.UTF_8);
      signature.setKey(new OctetSequenceJsonWebKey(new org.jose4j.keys.HmacKey(secret)).getKey());
      signature.setAlgorithmHeaderValue("HS256");
      signature.setKeyIdHeaderValue("key-1");
      signature.setDoKeyValidation(false);
      return signature.getCompactSerialization();
    } catch (JoseException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String serialized(JsonWebSignature signature) {
    try {
      return signature.getCompactSerialization();
    } catch (JoseException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
