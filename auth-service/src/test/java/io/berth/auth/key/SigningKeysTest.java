package io.berth.auth.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.auth.database.Database;
import io.berth.auth.testing.Browser;
import io.berth.auth.testing.RealServices;
import io.berth.auth.testing.Sql;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(RealServices.class)
class SigningKeysTest {

  private final Database database;
  private final SigningKeys keys;

  @Inject
  SigningKeysTest(Database database, SigningKeys keys) {
    this.database = database;
    this.keys = keys;
  }

  /** Whatever a test did to the rows, the running service has a key again. */
  @AfterEach
  void refresh() {
    keys.refresh();
  }

  @Test
  void replicasThatStartTogetherMakeOneKey() throws Exception {
    execute("DELETE FROM auth.signing_keys");
    List<SigningKeys> replicas = IntStream.range(0, 8).mapToObj(n -> replica()).toList();

    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      replicas.forEach(replica -> threads.execute(replica::refresh));
    }

    assertThat(Sql.column("SELECT kid FROM auth.signing_keys")).hasSize(1);
    assertThat(replicas)
        .extracting(replica -> replica.signing().kid())
        .containsOnly(Sql.column("SELECT kid FROM auth.signing_keys").getFirst());
  }

  @Test
  void aRestartedServiceSignsWithTheSameKey() {
    SigningKeys restarted = replica();

    restarted.refresh();

    assertThat(restarted.signing().kid()).isEqualTo(keys.signing().kid());
    assertThat(restarted.signing().privateKey()).isEqualTo(keys.signing().privateKey());
  }

  @Test
  void anotherSecretIsAClearErrorAndNoNewKey() throws SQLException {
    List<String> before = Sql.column("SELECT kid FROM auth.signing_keys ORDER BY kid");
    SigningKeys wrong = replica("another secret, also long enough for all of it");

    assertThatThrownBy(wrong::refresh)
        .isInstanceOf(SealBroken.class)
        .hasMessageContaining("does not open with this key-encryption secret");

    assertThat(wrong.areReady()).isFalse();
    assertThat(Sql.column("SELECT kid FROM auth.signing_keys ORDER BY kid")).isEqualTo(before);
  }

  @Test
  void theNextKeyIsPublishedWhileTheOldOneSigns() throws SQLException {
    execute("UPDATE auth.signing_keys SET signs_from = signs_from - interval '91 days'");
    String old = keys.signing().kid();

    keys.refresh();

    assertThat(keys.published()).hasSize(2);
    assertThat(keys.signing().kid()).isEqualTo(old);
    execute("UPDATE auth.signing_keys SET signs_from = signs_from - interval '11 minutes'");
    keys.refresh();
    assertThat(keys.signing().kid()).isNotEqualTo(old);
    assertThat(keys.published()).extracting(SigningKey::kid).contains(old);
    execute("UPDATE auth.signing_keys SET signs_from = signs_from - interval '11 hours'");
    keys.refresh();
    assertThat(keys.published()).hasSize(1).extracting(SigningKey::kid).doesNotContain(old);
  }

  @Test
  void noPrivateKeyIsReadableInTheDatabase() throws SQLException {
    assertThat(
            Sql.column(
                "SELECT public_jwk || encode(sealed_private, 'escape') FROM auth.signing_keys"))
        .isNotEmpty()
        .allSatisfy(row -> assertThat(row).doesNotContain("\"d\""));
  }

  @Test
  void thePublishedKeysAreCacheableAndPublicOnly() {
    HttpResponse<String> jwks = new Browser().get("/auth/jwks");

    assertThat(jwks.statusCode()).isEqualTo(200);
    assertThat(jwks.headers().firstValue("Cache-Control").orElseThrow()).contains("max-age=300");
    assertThat(jwks.headers().firstValue("ETag")).isPresent();
    assertThat(jwks.body()).contains("\"alg\":\"ES256\"", "\"kid\"").doesNotContain("\"d\"");
  }

  private SigningKeys replica() {
    return replica(RealServices.KEY_ENCRYPTION_SECRET);
  }

  private SigningKeys replica(String secret) {
    FixedKeyConfig config = new FixedKeyConfig(secret);
    return new SigningKeys(
        new SigningKeyStore(database, new Seal(config)), config, () -> Duration.ofHours(10));
  }

  private static void execute(String statement) throws SQLException {
    try (Connection connection = Sql.as("berth_auth");
        Statement owner = connection.createStatement()) {
      owner.execute(statement);
    }
  }
}
