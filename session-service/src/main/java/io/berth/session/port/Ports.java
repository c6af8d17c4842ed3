package io.berth.session.port;

import io.berth.session.database.Transaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Gives out host ports: free in the database, out of quarantine, and free on the host. A unique
 * index of the database has the last word.
 */
@ApplicationScoped
public class Ports {

  private static final long LOCK = 0x6265727468L; // "berth"

  private final int first;
  private final int last;
  private final String address;

  Ports(PortsConfig config) {
    String[] range = config.range().split("-", 2);
    this.first = Integer.parseInt(range[0]);
    this.last = Integer.parseInt(range[1]);
    this.address = config.address();
    if (first > last || last > 65_535) {
      throw new IllegalArgumentException("berth.ports.range: " + config.range() + " is no range");
    }
  }

  /** Whether a port is one that desktops may have. */
  public boolean isInRange(int port) {
    return first <= port && port <= last;
  }

  /** How many there are, taken or not. */
  public int count() {
    return last - first + 1;
  }

  /** Where desktops are published. */
  public String address() {
    return address;
  }

  /**
   * A port for the row that this transaction writes, the next after the last one given out, or
   * nothing if all are taken or rest. Until the transaction ends no other gets one.
   */
  public Optional<Integer> take(Transaction transaction) throws SQLException {
    transaction.list("SELECT pg_advisory_xact_lock(?)", row -> true, LOCK);
    Set<Integer> held =
        new HashSet<>(
            transaction.list(
                "SELECT host_port FROM containers WHERE host_port IS NOT NULL"
                    + " AND (port_free_at IS NULL"
                    + " OR greatest(port_free_at, port_unsure_until) > now())",
                row -> row.getInt(1)));
    int previous =
        transaction
            .first(
                "SELECT host_port FROM containers WHERE host_port BETWEEN ? AND ?"
                    + " ORDER BY generation DESC LIMIT 1",
                row -> row.getInt(1),
                first,
                last)
            .orElse(last);
    int size = last - first + 1;
    for (int i = 1; i <= size; i++) {
      int port = first + (previous - first + i) % size;
      if (!held.contains(port) && isFreeOnHost(port)) {
        return Optional.of(port);
      }
    }
    return Optional.empty();
  }

  private boolean isFreeOnHost(int port) {
    try {
      InetAddress here = InetAddress.getByName(address);
      if (NetworkInterface.getByInetAddress(here) == null && !here.isLoopbackAddress()) {
        return true; // the engine's host is another one; it will say
      }
      try (ServerSocket socket = new ServerSocket()) {
        socket.setReuseAddress(true); // connections of the previous desktop may still be ending
        socket.bind(new InetSocketAddress(here, port));
        return true;
      }
    } catch (IOException e) {
      return false;
    }
  }
}
