package io.berth.session.environment;

import com.sun.net.httpserver.HttpServer;
import io.berth.common.LoginClaims;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;

/** Signs login tokens as auth-service does, and publishes its key. */
public final class Tokens {

  static final String ISSUER = "http://localhost:5006";

  private static final EllipticCurveJsonWebKey KEY = key("test-1");
  private static final EllipticCurveJsonWebKey FOREIGN_KEY = key("test-1");
  private static final HttpServer SERVER = publish();

  private Tokens() {}

  /** The id of a person, the same for each name. */
  public static String id(String slug) {
    return UUID.nameUUIDFromBytes(slug.getBytes(StandardCharsets.UTF_8)).toString();
  }

  /** A token that is fine. */
  public static String of(String slug) {
    return sign(claims(slug, ISSUER, LoginClaims.AUDIENCE, 60), KEY);
  }

  /** A token of somebody in these groups of the identity provider. */
  public static String of(String slug, Collection<String> groups) {
    JwtClaims claims = claims(slug, ISSUER, LoginClaims.AUDIENCE, 60);
    claims.setStringListClaim(LoginClaims.MEMBER_OF, List.copyOf(groups));
    return sign(claims, KEY);
  }

  /** A token of an administrator. */
  public static String ofAdmin(String slug) {
    JwtClaims claims = claims(slug, ISSUER, LoginClaims.AUDIENCE, 60);
    claims.setStringListClaim(LoginClaims.ROLES, List.of(LoginClaims.USER, LoginClaims.ADMIN));
    return sign(claims, KEY);
  }

  public static String expired(String slug) {
    return sign(claims(slug, ISSUER, LoginClaims.AUDIENCE, -10), KEY);
  }

  public static String forAnotherAudience(String slug) {
    return sign(claims(slug, ISSUER, "else", 60), KEY);
  }

  public static String ofAnotherIssuer(String slug) {
    return sign(claims(slug, "http://elsewhere", LoginClaims.AUDIENCE, 60), KEY);
  }

  public static String signedByAnother(String slug) {
    return sign(claims(slug, ISSUER, LoginClaims.AUDIENCE, 60), FOREIGN_KEY);
  }

  /** What a token with {@code alg} none looks like. */
  public static String unsigned(String slug) {
    Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
    String claims = claims(slug, ISSUER, LoginClaims.AUDIENCE, 60).toJson();
    return base64.encodeToString("{\"alg\":\"none\"}".getBytes(StandardCharsets.UTF_8))
        + "."
        + base64.encodeToString(claims.getBytes(StandardCharsets.UTF_8))
        + ".";
  }

  /** Signed with our public key, taken for a shared secret. */
  public static String signedWithASharedSecret(String slug) {
    JsonWebSignature signature = new JsonWebSignature();
    signature.setAlgorithmHeaderValue("HS256");
    signature.setKeyIdHeaderValue(KEY.getKeyId());
    signature.setPayload(claims(slug, ISSUER, LoginClaims.AUDIENCE, 60).toJson());
    signature.setKey(new HmacKey(KEY.getPublicKey().getEncoded()));
    try {
      return signature.getCompactSerialization();
    } catch (JoseException e) {
      throw new IllegalStateException(e);
    }
  }

  static String jwksUrl() {
    return "http://127.0.0.1:" + SERVER.getAddress().getPort() + "/auth/jwks";
  }

  private static JwtClaims claims(String slug, String issuer, String audience, float minutes) {
    JwtClaims claims = new JwtClaims();
    claims.setIssuer(issuer);
    claims.setAudience(audience);
    claims.setSubject(id(slug));
    claims.setStringClaim(LoginClaims.SLUG, slug);
    claims.setStringListClaim(LoginClaims.ROLES, List.of(LoginClaims.USER));
    claims.setStringClaim(LoginClaims.LOGIN_ID, "login-of-" + slug);
    claims.setIssuedAtToNow();
    claims.setExpirationTimeMinutesInTheFuture(minutes);
    return claims;
  }

  private static String sign(JwtClaims claims, EllipticCurveJsonWebKey key) {
    JsonWebSignature signature = new JsonWebSignature();
    signature.setAlgorithmHeaderValue("ES256");
    signature.setKeyIdHeaderValue(key.getKeyId());
    signature.setPayload(claims.toJson());
    signature.setKey(key.getPrivateKey());
    try {
      return signature.getCompactSerialization();
    } catch (JoseException e) {
      throw new IllegalStateException(e);
    }
  }

  private static EllipticCurveJsonWebKey key(String id) {
    try {
      EllipticCurveJsonWebKey key = EcJwkGenerator.generateJwk(EllipticCurves.P256);
      key.setKeyId(id);
      key.setAlgorithm("ES256");
      key.setUse("sig");
      return key;
    } catch (JoseException e) {
      throw new IllegalStateException(e);
    }
  }

  private static HttpServer publish() {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      byte[] keys =
          new JsonWebKeySet(KEY)
              .toJson(OutputControlLevel.PUBLIC_ONLY)
              .getBytes(StandardCharsets.UTF_8);
      server.createContext(
          "/auth/jwks",
          exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, keys.length);
            exchange.getResponseBody().write(keys);
            exchange.close();
          });
      server.start();
      return server;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
