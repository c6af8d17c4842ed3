package io.berth.auth.login;

import io.berth.auth.database.Database;
import io.berth.auth.key.Seal;
import io.berth.auth.person.Person;
import io.berth.auth.revocation.Revocations;
import io.berth.common.LoginClaims;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The logins that are under way, in table {@code auth.logins}; what ends early is revoked. */
@ApplicationScoped
public class Logins {

  private final Database database;
  private final Seal seal;
  private final Revocations revocations;

  public Logins(Database database, Seal seal, Revocations revocations) {
    this.database = database;
    this.seal = seal;
    this.revocations = revocations;
  }

  /** Keeps a new login, its provider's id token sealed. */
  public void add(
      LoginClaims claims, Person person, String idToken, @Nullable String providerSession) {
    byte[] sealed =
        seal.close(idToken.getBytes(StandardCharsets.UTF_8), sealName(claims.loginId()));
    database.inTransaction(connection -> {
      try (PreparedStatement insert =
          connection.prepareStatement(
              "INSERT INTO auth.logins (id, person_id, provider_sid, sealed_id_token,"
                  + " expires_at) VALUES (?, ?, ?, ?, ?)")) {
        insert.setString(1, claims.loginId());
        insert.setObject(2, person.id());
        insert.setString(3, providerSession);
        insert.setBytes(4, sealed);
        insert.setTimestamp(5, Timestamp.from(claims.expiresAt()));
        return insert.executeUpdate();
      }
    });
  }

  /**
   * Ends the login that a verified token names, and with it any other of the same session at the
   * provider: a desktop's own origin may have been entered by one that the portal has replaced
   * since. Its id token, if the login was still kept.
   */
  public Optional<String> end(LoginClaims claims) {
    return database.inTransaction(connection -> {
      revocations.revoke(connection, claims.loginId(), claims.expiresAt());
      try (PreparedStatement delete =
          connection.prepareStatement(
              "DELETE FROM auth.logins WHERE id = ?"
                  + " RETURNING sealed_id_token, person_id, provider_sid")) {
        delete.setString(1, claims.loginId());
        try (ResultSet row = delete.executeQuery()) {
          if (!row.next()) {
            return Optional.empty();
          }
          endSiblings(connection, row.getObject(2, UUID.class), row.getString(3));
          return Optional.of(opened(row.getBytes(1), claims.loginId()));
        }
      }
    });
  }

  private void endSiblings(Connection connection, UUID person, @Nullable String providerSession)
      throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement(
            "DELETE FROM auth.logins WHERE person_id = ? AND provider_sid = ?"
                + " RETURNING id, expires_at")) {
      delete.setObject(1, person);
      delete.setString(2, providerSession); // null is equal to nothing
      int _ = revokeReturned(connection, delete);
    }
  }

  /** Ends the logins of one session at the provider; how many there were. */
  public int endProviderSession(Connection connection, String issuer, String providerSession)
      throws SQLException {
    return endWhere(connection, "l.provider_sid", issuer, providerSession);
  }

  /** Ends all logins of a person, as the provider names the person; how many there were. */
  public int endPerson(Connection connection, String issuer, String subject) throws SQLException {
    return endWhere(connection, "p.subject", issuer, subject);
  }

  /** What a login is worth now. */
  public Standing standing(String loginId) {
    return database.inTransaction(connection -> {
      try (PreparedStatement select =
          connection.prepareStatement(
              "SELECT p.admin FROM auth.logins l JOIN auth.people p ON p.id = l.person_id"
                  + " WHERE l.id = ? AND l.expires_at > now()")) {
        select.setString(1, loginId);
        try (ResultSet row = select.executeQuery()) {
          if (!row.next()) {
            return Standing.OVER;
          }
          return row.getBoolean(1) ? Standing.ADMINISTRATOR : Standing.USER;
        }
      }
    });
  }

  /** Logins that are under way, newest first; those of one person if a slug is given. */
  public List<OpenLogin> underWay(Optional<String> slug) {
    return database.inTransaction(connection -> {
      try (PreparedStatement select =
          connection.prepareStatement(
              "SELECT l.id, p.slug, p.display_name, l.created_at, l.expires_at"
                  + " FROM auth.logins l JOIN auth.people p ON p.id = l.person_id"
                  + " WHERE l.expires_at > now() AND p.slug = coalesce(?, p.slug)"
                  + " ORDER BY l.created_at DESC LIMIT 1000")) {
        select.setString(1, slug.orElse(null));
        List<OpenLogin> open = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
          while (row.next()) {
            open.add(
                new OpenLogin(
                    row.getString(1),
                    row.getString(2),
                    row.getString(3),
                    row.getTimestamp(4).toInstant(),
                    row.getTimestamp(5).toInstant()));
          }
        }
        return open;
      }
    });
  }

  /** Ends all logins of a person, by slug; how many there were, nothing if there is nobody so. */
  public OptionalInt endAllOf(String slug) {
    return database.inTransaction(connection -> {
      try (PreparedStatement select =
          connection.prepareStatement("SELECT id FROM auth.people WHERE slug = ?")) {
        select.setString(1, slug);
        try (ResultSet row = select.executeQuery()) {
          if (!row.next()) {
            return OptionalInt.empty();
          }
          return OptionalInt.of(endAllOf(connection, row.getObject(1, UUID.class)));
        }
      }
    });
  }

  private int endAllOf(Connection connection, UUID person) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement(
            "DELETE FROM auth.logins WHERE person_id = ? RETURNING id, expires_at")) {
      delete.setObject(1, person);
      return revokeReturned(connection, delete);
    }
  }

  /** Ends one login; nothing if there is none of this id. */
  public OptionalInt endOne(String loginId) {
    return database.inTransaction(connection -> {
      try (PreparedStatement delete =
          connection.prepareStatement(
              "DELETE FROM auth.logins WHERE id = ? RETURNING id, expires_at")) {
        delete.setString(1, loginId);
        int ended = revokeReturned(connection, delete);
        return ended == 0 ? OptionalInt.empty() : OptionalInt.of(ended);
      }
    });
  }

  /** Forgets logins that are over by themselves; how many. */
  public int purge(Connection connection) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM auth.logins WHERE expires_at < now()")) {
      return delete.executeUpdate();
    }
  }

  private int endWhere(Connection connection, String column, String issuer, String value)
      throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement(
            "DELETE FROM auth.logins l USING auth.people p WHERE p.id = l.person_id"
                + " AND p.issuer = ? AND "
                + column
                + " = ? RETURNING l.id, l.expires_at")) {
      delete.setString(1, issuer);
      delete.setString(2, value);
      return revokeReturned(connection, delete);
    }
  }

  private int revokeReturned(Connection connection, PreparedStatement delete) throws SQLException {
    int ended = 0;
    try (ResultSet rows = delete.executeQuery()) {
      while (rows.next()) {
        Instant expiry = rows.getTimestamp(2).toInstant();
        revocations.revoke(connection, rows.getString(1), expiry);
        ended++;
      }
    }
    return ended;
  }

  private String opened(byte[] sealed, String loginId) {
    return new String(seal.open(sealed, sealName(loginId)), StandardCharsets.UTF_8);
  }

  private static String sealName(String loginId) {
    return "id token of login " + loginId;
  }
}
