package io.berth.auth.testing;

import io.berth.common.Revocation;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/** Listens for revocations as the edge does: as its role, on its channel. */
public final class Revoked implements AutoCloseable {

  private static final int PATIENCE_MILLIS = 10_000;

  private final Connection connection;

  public Revoked() throws SQLException {
    connection = Sql.as("berth_proxy");
    try (Statement listen = connection.createStatement()) {
      listen.execute("LISTEN " + Revocation.CHANNEL);
    }
  }

  /** The ids of the logins revoked next, as soon as there are any; none after ten seconds. */
  public List<String> next() throws SQLException {
    List<String> ids = new ArrayList<>();
    PGNotification[] heard =
        connection.unwrap(PGConnection.class).getNotifications(PATIENCE_MILLIS);
    if (heard != null) {
      for (PGNotification each : heard) {
        ids.add(each.getParameter());
      }
    }
    return ids;
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
