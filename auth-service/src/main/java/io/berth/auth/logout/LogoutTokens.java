package io.berth.auth.logout;

import io.berth.auth.database.Database;
import io.berth.auth.login.Logins;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;

/** Logout tokens: each ends the logins that it names, once (table {@code auth.logout_tokens}). */
@ApplicationScoped
public class LogoutTokens {

  private final Database database;
  private final Logins logins;

  public LogoutTokens(Database database, Logins logins) {
    this.database = database;
    this.logins = logins;
  }

  /**
   * Ends the logins that the token names; how many there were.
   *
   * @throws LogoutTokenRefused if the token counted before
   */
  int honour(LogoutToken token) {
    return database.inTransaction(connection -> {
      if (!isFirstUse(connection, token)) {
        throw new LogoutTokenRefused("it was used before");
      }
      if (token.providerSession() != null) {
        return logins.endProviderSession(connection, token.issuer(), token.providerSession());
      }
      return token.subject() == null
          ? 0
          : logins.endPerson(connection, token.issuer(), token.subject());
    });
  }

  private static boolean isFirstUse(Connection connection, LogoutToken token) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO auth.logout_tokens (jti, expires_at) VALUES (?, ?)"
                + " ON CONFLICT DO NOTHING")) {
      insert.setString(1, token.id());
      insert.setTimestamp(2, Timestamp.from(token.expiresAt()));
      return insert.executeUpdate() == 1;
    }
  }

  /** Forgets tokens that are too old to be taken again; how many. */
  public int purge(Connection connection) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM auth.logout_tokens WHERE expires_at < now()")) {
      return delete.executeUpdate();
    }
  }
}
