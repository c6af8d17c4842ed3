package io.berth.session.database;

import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Runs statements on PostgreSQL, each group of them in a transaction of its own. */
@ApplicationScoped
public class Database {

  /** Statements of one transaction. */
  @FunctionalInterface
  public interface Work<T extends @Nullable Object> {
    T in(Transaction transaction) throws SQLException;
  }

  private final AgroalDataSource dataSource;

  public Database(AgroalDataSource dataSource) {
    this.dataSource = dataSource;
  }

  /**
   * Commits what {@code work} did, or nothing of it.
   *
   * @throws DatabaseUnavailable if PostgreSQL does not answer
   * @throws StatementRefused if it refuses a statement
   */
  public <T extends @Nullable Object> T transaction(Work<T> work) {
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      boolean committed = false;
      try {
        T result = work.in(new Transaction(connection));
        connection.commit();
        committed = true;
        return result;
      } finally {
        if (!committed) {
          rollBack(connection);
        }
        connection.setAutoCommit(true);
      }
    } catch (SQLException e) {
      if (Outage.isBehind(e)) {
        throw new DatabaseUnavailable(e);
      }
      throw new StatementRefused(e);
    }
  }

  /** A transaction of one statement that changes rows. Returns how many. */
  public int update(String sql, @Nullable Object... parameters) {
    return transaction(transaction -> transaction.update(sql, parameters));
  }

  /** A connection for long use, outside any transaction: notifications, advisory locks. */
  Connection connection() throws SQLException {
    return dataSource.getConnection();
  }

  private static void rollBack(Connection connection) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      // The connection is broken: PostgreSQL rolls back by itself, and the first failure is the one
      // to tell.
    }
  }
}
