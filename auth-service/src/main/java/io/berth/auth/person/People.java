package io.berth.auth.person;

import io.berth.auth.database.Database;
import io.berth.common.Slug;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;

/** Everyone who ever signed in, in table {@code auth.people}. */
@ApplicationScoped
public class People {

  /** Far more people of one name than a slug's alternatives will meet. */
  private static final int ATTEMPTS = 1000;

  private final Database database;

  public People(Database database) {
    this.database = database;
  }

  /**
   * Finds the person, or makes one with the first free slug. Concurrent sign-ins agree: the
   * database's unique constraints decide who gets a slug, and that a person is made once.
   */
  public Person findOrCreate(ProvenPerson proven) {
    Slug wanted = Slug.fromUserName(proven.userName());
    return database.inTransaction(connection -> {
      for (int n = 1; n <= ATTEMPTS; n++) {
        Optional<Person> known = update(connection, proven);
        if (known.isPresent()) {
          return known.get();
        }
        Slug slug = n == 1 ? wanted : wanted.alternative(n);
        Optional<Person> made = insert(connection, proven, slug);
        if (made.isPresent()) {
          return made.get();
        }
      }
      throw new IllegalStateException("no slug is left for " + wanted);
    });
  }

  private static Optional<Person> update(Connection connection, ProvenPerson proven)
      throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            """
            UPDATE auth.people
            SET display_name = ?, email = ?, admin = ?, last_login_at = now()
            WHERE issuer = ? AND subject = ?
            RETURNING id, slug, admin
            """)) {
      update.setString(1, proven.displayName());
      update.setString(2, proven.email());
      update.setBoolean(3, proven.admin());
      update.setString(4, proven.issuer());
      update.setString(5, proven.subject());
      return person(update);
    }
  }

  private static Optional<Person> insert(Connection connection, ProvenPerson proven, Slug slug)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            INSERT INTO auth.people (display_name, email, admin, issuer, subject, slug)
            VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT DO NOTHING
            RETURNING id, slug, admin
            """)) {
      insert.setString(1, proven.displayName());
      insert.setString(2, proven.email());
      insert.setBoolean(3, proven.admin());
      insert.setString(4, proven.issuer());
      insert.setString(5, proven.subject());
      insert.setString(6, slug.value());
      return person(insert);
    }
  }

  private static Optional<Person> person(PreparedStatement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery()) {
      return row.next()
          ? Optional.of(
              new Person(
                  row.getObject(1, UUID.class), new Slug(row.getString(2)), row.getBoolean(3)))
          : Optional.empty();
    }
  }
}
