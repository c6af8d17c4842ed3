package io.berth.auth.database;

import java.sql.SQLException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Tells "PostgreSQL is not there (yet)" from "PostgreSQL says no". */
final class Outage {

  private Outage() {}

  /** Whether waiting may cure this failure. */
  static boolean isBehind(Throwable failure) {
    int depth = 0;
    for (@Nullable Throwable t = failure; t != null && depth < 20; t = t.getCause(), depth++) {
      if (t instanceof SQLException sql) {
        String state = sql.getSQLState();
        // 08 connection, 28 authorization (roles may not exist yet), 3D000 no such database (yet),
        // 53 too many connections, 57P starting up or shutting down. Agroal's own timeouts have no
        // state.
        if (state == null) {
          return isTimeout(sql);
        }
        return state.startsWith("08")
            || state.startsWith("28")
            || state.equals("3D000")
            || state.startsWith("53")
            || state.startsWith("57P");
      }
    }
    return false;
  }

  private static boolean isTimeout(SQLException failure) {
    String message = failure.getMessage();
    return message != null && message.toLowerCase(Locale.ROOT).contains("timeout");
  }
}
