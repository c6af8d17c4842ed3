package io.berth.auth.key;

import io.berth.auth.address.PublicUrl;
import io.berth.common.LoginClaims;
import io.berth.common.ProxyPath;
import io.berth.common.Slug;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;
import org.jose4j.lang.JoseException;

/** Writes and reads login tokens: JWTs, ES256 with {@code kid}. */
@ApplicationScoped
public class LoginTokens {

  private static final int SKEW_SECONDS = 60;

  private final SigningKeys keys;
  private final String issuer;

  LoginTokens(SigningKeys keys, PublicUrl publicUrl) {
    this.keys = keys;
    this.issuer = publicUrl.origin();
  }

  /** A token that says {@code claims} and the person's groups, issued now. */
  public String signed(LoginClaims claims, Set<String> groups) {
    JwtClaims jwt = unsigned(claims, LoginClaims.AUDIENCE);
    jwt.setStringListClaim(LoginClaims.ROLES, List.copyOf(claims.roles()));
    jwt.setStringListClaim(LoginClaims.MEMBER_OF, groups.stream().sorted().toList());
    return signed(jwt);
  }

  /** A token that opens one desktop at its own origin, for the login of {@code claims}. */
  public String signed(LoginClaims claims, ProxyPath desktop) {
    JwtClaims jwt = unsigned(claims, LoginClaims.DESKTOP_AUDIENCE);
    jwt.setStringClaim(LoginClaims.DESKTOP, desktop.value());
    return signed(jwt);
  }

  private JwtClaims unsigned(LoginClaims claims, String audience) {
    JwtClaims jwt = new JwtClaims();
    jwt.setIssuer(issuer);
    jwt.setAudience(audience);
    jwt.setSubject(claims.subject());
    jwt.setStringClaim(LoginClaims.SLUG, claims.slug().value());
    jwt.setStringClaim(LoginClaims.LOGIN_ID, claims.loginId());
    jwt.setIssuedAtToNow();
    jwt.setExpirationTime(NumericDate.fromSeconds(claims.expiresAt().getEpochSecond()));
    return jwt;
  }

  private String signed(JwtClaims jwt) {
    SigningKey key = keys.signing();
    JsonWebSignature signature = new JsonWebSignature();
    signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256);
    signature.setKeyIdHeaderValue(key.kid());
    signature.setHeader("typ", "JWT");
    signature.setPayload(jwt.toJson());
    signature.setKey(key.privateKey());
    try {
      return signature.getCompactSerialization();
    } catch (JoseException e) {
      throw new IllegalStateException("a login token could not be signed", e);
    }
  }

  /** What a living token of ours says, or nothing. */
  public Optional<LoginClaims> verified(String token) {
    try {
      JwtClaims jwt = consumer().processToClaims(token);
      return Optional.of(
          new LoginClaims(
              jwt.getSubject(),
              new Slug(jwt.getStringClaimValue(LoginClaims.SLUG)),
              Set.copyOf(jwt.getStringListClaimValue(LoginClaims.ROLES)),
              jwt.getStringClaimValue(LoginClaims.LOGIN_ID),
              Instant.ofEpochSecond(jwt.getExpirationTime().getValue())));
    } catch (InvalidJwtException | MalformedClaimException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private JwtConsumer consumer() {
    List<JsonWebKey> published =
        keys.published().stream().map(key -> (JsonWebKey) key.jwk()).toList();
    return new JwtConsumerBuilder()
        .setVerificationKeyResolver(new JwksVerificationKeyResolver(published))
        .setJwsAlgorithmConstraints(
            new AlgorithmConstraints(
                ConstraintType.PERMIT, AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256))
        .setExpectedIssuer(issuer)
        .setExpectedAudience(LoginClaims.AUDIENCE)
        .setRequireExpirationTime()
        .setRequireSubject()
        .setAllowedClockSkewInSeconds(SKEW_SECONDS)
        .build();
  }
}
