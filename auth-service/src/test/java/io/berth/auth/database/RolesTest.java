package io.berth.auth.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.auth.testing.RealServices;
import io.berth.auth.testing.Sql;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(RealServices.class)
class RolesTest {

  @Test
  void theEdgesRoleReadsRevocations() {
    assertThatCode(() -> asTheEdge("SELECT login_id, revoked_at, expires_at FROM auth.revocations"))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 1 FROM auth.people",
        "SELECT 1 FROM auth.logins",
        "SELECT 1 FROM auth.signing_keys",
        "SELECT 1 FROM auth.logout_tokens",
        "SELECT 1 FROM auth.desktop_tickets",
        "SELECT 1 FROM auth.schema_history",
        "INSERT INTO auth.revocations (login_id, expires_at) VALUES ('x', now())",
        "DELETE FROM auth.revocations",
        "UPDATE auth.revocations SET expires_at = now()",
        "CREATE TABLE auth.x (y int)",
      })
  void theEdgesRoleDoesNothingElse(String statement) {
    assertThatThrownBy(() -> asTheEdge(statement))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("permission denied");
  }

  @Test
  void theSchemasHistoryIsInTheSchema() throws SQLException {
    assertThat(Sql.column("SELECT version FROM auth.schema_history WHERE success")).contains("001");
  }

  private static void asTheEdge(String statement) throws SQLException {
    try (Connection connection = Sql.as("berth_proxy");
        Statement edge = connection.createStatement()) {
      edge.execute(statement);
    }
  }
}
