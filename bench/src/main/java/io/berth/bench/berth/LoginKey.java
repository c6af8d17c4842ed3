package io.berth.bench.berth;

import io.berth.common.LoginClaims;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;

/** A throw-away ES256 key that signs login tokens as auth-service does. */
public final class LoginKey {

  private static final int HOURS = 10;
  private static final int COORDINATE = 32;
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private final String kid = UUID.randomUUID().toString();
  private final String issuer;
  private final KeyPair pair;

  /** A new key for tokens of this public URL. */
  public LoginKey(String issuer) {
    this.issuer = issuer;
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      pair = generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has P-256", e);
    }
  }

  /** The key set as {@code /auth/jwks} publishes it. */
  public String jwks() {
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

  /** A token of a new login of this person. */
  public String token(UUID person, String slug) {
    long now = Instant.now().getEpochSecond();
    String claims =
        """
        {"iss":"%s","aud":"%s","sub":"%s","%s":"%s","%s":["%s"],"%s":"%s","iat":%d,"exp":%d}\
        """
            .formatted(
                issuer,
                LoginClaims.AUDIENCE,
                person,
                LoginClaims.SLUG,
                slug,
                LoginClaims.ROLES,
                LoginClaims.USER,
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

  private static String encoded(String json) {
    return BASE64.encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }
}
