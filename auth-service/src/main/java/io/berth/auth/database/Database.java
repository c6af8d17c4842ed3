package io.berth.auth.database;

import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;

/** Runs statements on PostgreSQL, each in a transaction of its own. */
@ApplicationScoped
public class Database {

  /** Statements of one transaction. */
  @FunctionalInterface
  public interface Work<T> {
    T run(Connection connection) throws SQLException;
  }

  private final AgroalDataSource dataSource;

  public Database(AgroalDataSource dataSource) {
    this.dataSource = dataSource;
  }

  /**
   * Commits what {@code work} did, or nothing of it.
   *
   * @throws DatabaseUnavailable if PostgreSQL does not answer
   * @throws IllegalStateException if it refuses a statement
   */
  public <T> T inTransaction(Work<T> work) {
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      try {
        T result = work.run(connection);
        connection.commit();
        return result;
      } catch (SQLException | RuntimeException e) {
        connection.rollback();
        throw e;
      } finally {
        connection.setAutoCommit(true);
      }
    } catch (SQLException e) {
      if (Outage.isBehind(e)) {
        throw new DatabaseUnavailable(e);
      }
      throw new IllegalStateException("PostgreSQL refused a statement: " + e.getMessage(), e);
    }
  }
}
