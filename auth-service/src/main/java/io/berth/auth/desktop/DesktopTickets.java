package io.berth.auth.desktop;

import io.berth.auth.database.Database;
import io.berth.common.EntryProof;
import io.berth.common.LoginClaims;
import io.berth.common.ProxyPath;
import io.berth.common.Slug;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;

/**
 * Tickets to desktops' own origins, in table {@code auth.desktop_tickets} by their hash only. Each
 * is looked at once, whatever comes of it, and goes with its login.
 */
@ApplicationScoped
public class DesktopTickets {

  private static final int BYTES = 32;

  private final Database database;
  private final TicketConfig config;
  private final SecureRandom random = new SecureRandom();

  public DesktopTickets(Database database, TicketConfig config) {
    this.database = database;
    this.config = config;
  }

  /** What a ticket turned out to be good for. */
  record Redeemed(LoginClaims login, Destination destination, EntryProof proof) {}

  /** A ticket for a login that is under way; none for one that has ended. */
  Optional<String> issue(LoginClaims login, Destination destination, EntryProof proof) {
    byte[] secret = new byte[BYTES];
    random.nextBytes(secret);
    String ticket = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    int added =
        database.inTransaction(connection -> {
          try (PreparedStatement insert =
              connection.prepareStatement(
                  """
                  INSERT INTO auth.desktop_tickets (hash, login_id, desktop, inside, proof, expires_at)
                  SELECT ?, id, ?, ?, ?, now() + ? * interval '1 millisecond'
                  FROM auth.logins WHERE id = ? AND expires_at > now()
                  """)) {
            insert.setBytes(1, hash(ticket));
            insert.setString(2, destination.desktop().value());
            insert.setString(3, destination.inside());
            insert.setString(4, proof.value());
            insert.setLong(5, config.desktopTicketLifetime().toMillis());
            insert.setString(6, login.loginId());
            return insert.executeUpdate();
          }
        });
    return added == 1 ? Optional.of(ticket) : Optional.empty();
  }

  /** Takes a ticket out of the table; what it was good for, if it was in time. */
  Optional<Redeemed> redeem(String ticket) {
    return database.inTransaction(connection -> {
      try (PreparedStatement delete =
          connection.prepareStatement(
              """
              DELETE FROM auth.desktop_tickets t
              USING auth.logins l JOIN auth.people p ON p.id = l.person_id
              WHERE t.hash = ? AND l.id = t.login_id
              RETURNING t.expires_at > now() AND l.expires_at > now(), p.id, p.slug, l.id,
                l.expires_at, t.desktop, t.inside, t.proof
              """)) {
        delete.setBytes(1, hash(ticket));
        try (ResultSet row = delete.executeQuery()) {
          return row.next() && row.getBoolean(1) ? Optional.of(redeemed(row)) : Optional.empty();
        }
      }
    });
  }

  /** Forgets tickets that nobody used in time; how many. */
  public int purge(Connection connection) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM auth.desktop_tickets WHERE expires_at < now()")) {
      return delete.executeUpdate();
    }
  }

  private static Redeemed redeemed(ResultSet row) throws SQLException {
    LoginClaims login =
        new LoginClaims(
            row.getString(2),
            new Slug(row.getString(3)),
            Set.of(), // nothing at a desktop's origin asks for roles
            row.getString(4),
            row.getTimestamp(5).toInstant());
    return new Redeemed(
        login,
        new Destination(new ProxyPath(row.getString(6)), row.getString(7)),
        new EntryProof(row.getString(8)));
  }

  private static byte[] hash(String ticket) {
    try {
      return MessageDigest.getInstance("SHA-256")
          .digest(ticket.getBytes(StandardCharsets.US_ASCII));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is in every JVM", e);
    }
  }
}
