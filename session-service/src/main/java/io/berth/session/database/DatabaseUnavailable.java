package io.berth.session.database;

/** PostgreSQL did not answer, or not in time; the same request may work in a moment. */
public class DatabaseUnavailable extends RuntimeException {

  private static final long serialVersionUID = 1;

  DatabaseUnavailable(Throwable cause) {
    super("PostgreSQL is not available", cause);
  }
}
