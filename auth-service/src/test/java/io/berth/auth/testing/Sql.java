package io.berth.auth.testing;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Looks into the database beside the service. */
public final class Sql {

  private Sql() {}

  /** A connection as one of the database's roles. */
  public static Connection as(String role) throws SQLException {
    return DriverManager.getConnection(RealServices.jdbcUrl(), role, RealServices.password(role));
  }

  /** Changes what the service has written. */
  public static int update(String statement) throws SQLException {
    try (Connection connection = as("berth_auth");
        Statement owner = connection.createStatement()) {
      return owner.executeUpdate(statement);
    }
  }

  /** The first column of every row. */
  public static List<String> column(String query) throws SQLException {
    try (Connection connection = as("berth_auth");
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      List<String> values = new ArrayList<>();
      while (rows.next()) {
        values.add(rows.getString(1));
      }
      return values;
    }
  }
}
