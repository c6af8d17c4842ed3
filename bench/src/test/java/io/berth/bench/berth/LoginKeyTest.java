package io.berth.bench.berth;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.util.Base64;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class LoginKeyTest {

  private static final Base64.Decoder BASE64 = Base64.getUrlDecoder();

  /** Repeated: a coordinate that starts with a zero byte must keep its length. */
  @RepeatedTest(20)
  void thePublishedKeyVerifiesTheTokens() throws GeneralSecurityException, IOException {
    LoginKey key = new LoginKey("http://127.0.0.1:5006");
    String[] token = key.token(Person.number(0, 7000).id(), "person-0000").split("\\.", -1);

    Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
    signature.initVerify(published(key));
    signature.update((token[0] + "." + token[1]).getBytes(StandardCharsets.US_ASCII));

    assertThat(signature.verify(BASE64.decode(token[2]))).isTrue();
  }

  @Test
  void aTokenSaysWhatAuthServicesSay() throws IOException {
    Person person = Person.number(7, 7007);
    LoginKey key = new LoginKey("http://127.0.0.1:5006");

    JsonNode claims =
        new ObjectMapper()
            .readTree(BASE64.decode(key.token(person.id(), person.slug()).split("\\.", -1)[1]));

    assertThat(claims.get("iss").asText()).isEqualTo("http://127.0.0.1:5006");
    assertThat(claims.get("aud").asText()).isEqualTo("berth");
    assertThat(claims.get("sub").asText()).isEqualTo(person.id().toString());
    assertThat(claims.get("slug").asText()).isEqualTo("person-0007");
    assertThat(claims.get("groups").get(0).asText()).isEqualTo("user");
    assertThat(claims.get("sid").asText()).isNotBlank();
    assertThat(claims.get("exp").asLong()).isGreaterThan(claims.get("iat").asLong());
  }

  private static PublicKey published(LoginKey key) throws GeneralSecurityException, IOException {
    JsonNode jwk = new ObjectMapper().readTree(key.jwks()).at("/keys/0");
    byte[] x = BASE64.decode(jwk.get("x").asText());
    byte[] y = BASE64.decode(jwk.get("y").asText());
    assertThat(x).hasSize(32);
    assertThat(y).hasSize(32);
    AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
    curve.init(new ECGenParameterSpec("secp256r1"));
    return KeyFactory.getInstance("EC")
        .generatePublic(
            new ECPublicKeySpec(
                new ECPoint(new BigInteger(1, x), new BigInteger(1, y)),
                curve.getParameterSpec(ECParameterSpec.class)));
  }
}
