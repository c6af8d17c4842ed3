package io.berth.auth.key;

import io.berth.auth.database.Database;
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
import java.util.function.Function;

/** The signing keys in table {@code auth.signing_keys}, their private halves sealed. */
@ApplicationScoped
class SigningKeyStore {

  /** Any constant: one lock for all who would write keys, so that replicas make one together. */
  private static final long LOCK = 0x6265727468L;

  private final Database database;
  private final Seal seal;

  SigningKeyStore(Database database, Seal seal) {
    this.database = database;
    this.seal = seal;
  }

  /** All keys, the newest first. */
  List<SigningKey> all() {
    return database.inTransaction(this::read);
  }

  /** What is to change about the keys there are. */
  record Change(List<SigningKey> added, List<SigningKey> dropped) {}

  /** Decides on the keys there are and carries it out while no other replica can. */
  List<SigningKey> change(Function<List<SigningKey>, Change> decide) {
    return database.inTransaction(connection -> {
      try (PreparedStatement lock =
          connection.prepareStatement("SELECT pg_advisory_xact_lock(?)")) {
        lock.setLong(1, LOCK);
        lock.execute();
      }
      Change change = decide.apply(read(connection));
      for (SigningKey key : change.added()) {
        insert(connection, key);
      }
      for (SigningKey key : change.dropped()) {
        delete(connection, key);
      }
      return read(connection);
    });
  }

  private List<SigningKey> read(Connection connection) throws SQLException {
    List<SigningKey> keys = new ArrayList<>();
    try (PreparedStatement select =
            connection.prepareStatement(
                "SELECT kid, sealed_private, signs_from FROM auth.signing_keys"
                    + " ORDER BY signs_from DESC, kid");
        ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        byte[] opened = seal.open(rows.getBytes(2), name(rows.getString(1)));
        Instant signsFrom = rows.getTimestamp(3).toInstant();
        keys.add(SigningKey.read(new String(opened, StandardCharsets.UTF_8), signsFrom));
      }
    }
    return keys;
  }

  private void insert(Connection connection, SigningKey key) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO auth.signing_keys (kid, public_jwk, sealed_private, signs_from)"
                + " VALUES (?, ?, ?, ?)")) {
      insert.setString(1, key.kid());
      insert.setString(2, key.publicJson());
      insert.setBytes(
          3, seal.close(key.privateJson().getBytes(StandardCharsets.UTF_8), name(key.kid())));
      insert.setTimestamp(4, Timestamp.from(key.signsFrom()));
      insert.executeUpdate();
    }
  }

  private static void delete(Connection connection, SigningKey key) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM auth.signing_keys WHERE kid = ?")) {
      delete.setString(1, key.kid());
      delete.executeUpdate();
    }
  }

  private static String name(String kid) {
    return "signing key " + kid;
  }
}
