package io.berth.session.database;

import java.sql.SQLException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Tells "PostgreSQL is not there (yet)" from "PostgreSQL says no". */
final class Outage {

  private static final int MAX_CAUSES = 20;

  private Outage() {}

  /** Whether waiting may cure this failure. */
  static boolean isBehind(Throwable failure) {
    @Nullable Throwable cause = failure;
    for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
      if (cause instanceof SQLException sql) {
        return isOutage(sql);
      }
      cause = cause.getCause();
    }
    return false;
  }

  private static boolean isOutage(SQLException failure) {
    String state = failure.getSQLState();
    if (state == null) { // Agroal's own: no connection in time
      String message = failure.getMessage();
      return message != null && message.toLowerCase(Locale.ROOT).contains("timeout");
    }
    // Connection, roles and database not there yet, too many connections, starting or stopping.
    return state.startsWith("08")
        || state.startsWith("28")
        || state.equals("3D000")
        || state.startsWith("53")
        || state.startsWith("57P");
  }
}
