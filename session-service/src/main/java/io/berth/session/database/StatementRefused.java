package io.berth.session.database;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** PostgreSQL answered and refused a statement. */
public class StatementRefused extends RuntimeException {

  private static final long serialVersionUID = 1;
  private static final String UNIQUE_VIOLATION = "23505";

  private final @Nullable String sqlState;

  StatementRefused(SQLException cause) {
    super("PostgreSQL refused a statement: " + cause.getMessage(), cause);
    this.sqlState = cause.getSQLState();
  }

  /** Whether a row that must be the only one of its kind is there already. */
  public boolean isDuplicate() {
    return UNIQUE_VIOLATION.equals(sqlState);
  }
}
