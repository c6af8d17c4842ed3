package io.berth.auth.testing;

import java.net.http.HttpResponse;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;
import org.jose4j.lang.JoseException;

/** Reads login tokens as the edge does: by the published keys. */
public final class LoginTokenReader {

  private LoginTokenReader() {}

  public static JwtClaims verified(String token) throws JoseException, InvalidJwtException {
    return verified(token, "berth");
  }

  public static JwtClaims verified(String token, String audience)
      throws JoseException, InvalidJwtException {
    HttpResponse<String> jwks = new Browser().get("/auth/jwks");
    return new JwtConsumerBuilder()
        .setVerificationKeyResolver(
            new JwksVerificationKeyResolver(new JsonWebKeySet(jwks.body()).getJsonWebKeys()))
        .setJwsAlgorithmConstraints(new AlgorithmConstraints(ConstraintType.PERMIT, "ES256"))
        .setExpectedIssuer(RealServices.publicUrl())
        .setExpectedAudience(audience)
        .setRequireExpirationTime()
        .setRequireIssuedAt()
        .build()
        .processToClaims(token);
  }
}
