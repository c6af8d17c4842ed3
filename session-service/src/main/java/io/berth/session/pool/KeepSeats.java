package io.berth.session.pool;

import io.berth.session.catalogue.Catalogue;
import io.berth.session.catalogue.DesktopType;
import io.berth.session.container.ContainerRuntime;
import io.berth.session.database.Database;
import io.berth.session.database.Transaction;
import io.berth.session.port.Ports;
import io.berth.session.quota.HostBudget;
import io.berth.session.quota.Quotas;
import io.berth.session.quota.Share;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Makes the seats there are those that are wanted. One replica does so at a time, in one
 * transaction, so that several don't make more than wanted; it makes none while a person waits.
 */
@ApplicationScoped
public class KeepSeats {

  /**
   * The seats of a type.
   *
   * @param wanted how many there should be
   */
  public record Count(int ready, int starting, int wanted) {}

  private final Catalogue catalogue;
  private final Database database;
  private final SeatRows rows;
  private final Quotas quotas;
  private final HostBudget budget;
  private final Ports ports;
  private final ContainerRuntime runtime;
  private final PoolConfig config;

  KeepSeats(
      Catalogue catalogue,
      Database database,
      SeatRows rows,
      Quotas quotas,
      HostBudget budget,
      Ports ports,
      ContainerRuntime runtime,
      PoolConfig config) {
    this.catalogue = catalogue;
    this.database = database;
    this.rows = rows;
    this.quotas = quotas;
    this.budget = budget;
    this.ports = ports;
    this.runtime = runtime;
    this.config = config;
  }

  /** Returns how many seats of which type there were before. */
  public Map<String, Count> run() {
    Share host = budget.now();
    return database.transaction(transaction -> {
      Quotas.lock(transaction);
      return run(transaction, host);
    });
  }

  private Map<String, Count> run(Transaction transaction, Share host) throws SQLException {
    List<Seat> all = rows.live(transaction);
    Map<String, List<Seat>> byType = all.stream().collect(Collectors.groupingBy(Seat::type));
    Map<String, Count> counts = new TreeMap<>();
    for (DesktopType type : catalogue.types()) {
      List<Seat> seats = byType.remove(type.name().value());
      if (type.pool().isKept() || seats != null) {
        List<Seat> there = seats == null ? List.of() : seats;
        counts.put(type.name().value(), keep(transaction, type, there, host));
      }
    }
    for (List<Seat> orphaned : byType.values()) {
      for (Seat seat : orphaned) {
        rows.retire(transaction, seat, "Its desktop type is no longer in the catalogue.");
      }
    }
    rows.purge(transaction);
    return counts;
  }

  private Count keep(Transaction transaction, DesktopType type, List<Seat> seats, Share host)
      throws SQLException {
    int wanted =
        type.pool().isKept()
            ? SeatsWanted.of(type.pool(), Instant.now(), rows.demand(transaction, type))
            : 0;
    List<Seat> good = retireOutdated(transaction, type, seats);
    for (Seat surplus : surplus(good, wanted)) {
      rows.retire(transaction, surplus, "Fewer seats are wanted now.");
    }
    if (good.size() < wanted && Instant.now().isAfter(rows.retryAt(transaction, type, config))) {
      add(transaction, type, wanted - good.size(), host);
    }
    int ready = (int) good.stream().filter(Seat::isReady).count();
    return new Count(ready, good.size() - ready, wanted);
  }

  private List<Seat> retireOutdated(Transaction transaction, DesktopType type, List<Seat> seats)
      throws SQLException {
    String recipe = Recipe.of(type);
    Instant tooOld = Instant.now().minus(type.pool().maxAge());
    List<Seat> good = new ArrayList<>();
    for (Seat seat : seats) {
      if (!seat.recipe().equals(recipe)) {
        rows.retire(transaction, seat, "Its desktop type has changed.");
      } else if (seat.createdAt().isBefore(tooOld)) {
        rows.retire(transaction, seat, "It has waited for too long; its image may be old.");
      } else {
        good.add(seat);
      }
    }
    return good;
  }

  /** What is not ready goes first, then the youngest. */
  private static List<Seat> surplus(List<Seat> seats, int wanted) {
    List<Seat> keepFirst = new ArrayList<>(seats.stream().filter(Seat::isReady).toList());
    seats.stream().filter(seat -> !seat.isReady()).forEach(keepFirst::add);
    return keepFirst.subList(Math.min(wanted, keepFirst.size()), keepFirst.size());
  }

  private void add(Transaction transaction, DesktopType type, int missing, Share host)
      throws SQLException {
    for (int i = 0; i < missing && quotas.hasRoomForSeat(transaction, type, host); i++) {
      if (!runtime.usesHostPorts()) {
        rows.add(transaction, type, OptionalInt.empty());
        continue;
      }
      Optional<Integer> port = ports.take(transaction);
      if (port.isEmpty()) {
        return;
      }
      rows.add(transaction, type, OptionalInt.of(port.get()));
    }
  }
}
