package io.berth.chaos.world;

import com.sun.net.httpserver.HttpServer;
import io.berth.common.LoginClaims;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/** Signs login tokens as auth-service does, and publishes the key where auth-service would. */
final class LoginKey implements AutoCloseable {

  private static final int COORDINATE = 32;
  private static final int HOURS = 10;
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private final String kid = UUID.randomUUID().toString();
  private final String issuer;
  private final KeyPair pair;
  private final HttpServer server;

  LoginKey(String issuer) throws IOException {
    this.issuer = issuer;
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      pair = generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has P-256", e);
    }
    byte[] keys = jwks().getBytes(StandardCharsets.UTF_8);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/auth/jwks",
        exchange -> {
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, keys.length);
          exchange.getResponseBody().write(keys);
          exchange.close();
        });
    server.start();
  }

  /** Where it stands in for auth-service. */
  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  String token(UUID person, String slug, List<String> roles) {
    long now = Instant.now().getEpochSecond();
    String claims =
        """
        {"iss":"%s","aud":"%s","sub":"%s","%s":"%s","%s":[%s],"%s":"%s","iat":%d,"exp":%d}\
        """
            .formatted(
                issuer,
                LoginClaims.AUDIENCE,
                person,
                LoginClaims.SLUG,
                slug,
                LoginClaims.ROLES,
                roles.stream().map(role -> '"' + role + '"').collect(Collectors.joining(",")),
                LoginClaims.LOGIN_ID,
                UUID.randomUUID(),
                now,
                now + HOURS * 3600L);
    String signed =
        encoded("{\"alg\":\"ES256\",\"kid\":\"%s\",\"typ\":\"JWT\"}".formatted(kid))
            + "."
            + encoded(claims);
    try {
      Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
      signature.initSign(pair.getPrivate());
      signature.update(signed.getBytes(StandardCharsets.US_ASCII));
      return signed + "." + BASE64.encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK signs ES256", e);
    }
  }

  private String jwks() {
    ECPublicKey key = (ECPublicKey) pair.getPublic();
    return """
    {"keys":[{"kty":"EC","crv":"P-256","use":"sig","alg":"ES256","kid":"%s","x":"%s","y":"%s"}]}
    """
        .formatted(kid, coordinate(key.getW().getAffineX()), coordinate(key.getW().getAffineY()));
  }

  private static String coordinate(BigInteger value) {
    byte[] bytes = new byte[COORDINATE];
    byte[] significant = value.toByteArray();
    int length = Math.min(significant.length, COORDINATE);
    System.arraycopy(significant, significant.length - length, bytes, COORDINATE - length, length);
    return BASE64.encodeToString(bytes);
  }

  private static String encoded(String json) {
    return BASE64.encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
