package io.berth.auth.revocation;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;

/**
 * Table {@code auth.revocations}: a trigger notifies {@code berth_revocations} of each new row when
 * its transaction commits.
 */
@ApplicationScoped
public class Revocations {

  /** Verifiers may still take a token for their clock skew after its expiry. */
  private static final Duration SKEW = Duration.ofMinutes(5);

  /** Revokes a login whose token expires at {@code tokenExpiry}; again does nothing. */
  public void revoke(Connection connection, String loginId, Instant tokenExpiry)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO auth.revocations (login_id, expires_at) VALUES (?, ?)"
                + " ON CONFLICT DO NOTHING")) {
      insert.setString(1, loginId);
      insert.setTimestamp(2, Timestamp.from(tokenExpiry.plus(SKEW)));
      insert.executeUpdate();
    }
  }

  /** Forgets revocations of tokens that are over by themselves; how many. */
  public int purge(Connection connection) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM auth.revocations WHERE expires_at < now()")) {
      return delete.executeUpdate();
    }
  }
}
