package io.berth.session.pool;

import io.berth.session.catalogue.DesktopType;
import io.berth.session.database.Transaction;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;

/** Gives a person a seat: from then on it is their session, and needs nothing but its route. */
@ApplicationScoped
public class ClaimSeat {

  private static final String CLAIM =
      """
      UPDATE containers SET user_id = ?, owner_slug = ?, proxy_path = ?, container_name = ?,
        charged_to = ?, status = 'starting', created_at = now(), asked_at = now(),
        state_since = now(), claimed_at = now(), due_at = now()
      WHERE id = ? AND status = 'ready'
      """;

  private final SeatRows rows;
  private final MeterRegistry meters;

  ClaimSeat(SeatRows rows, MeterRegistry meters) {
    this.rows = rows;
    this.meters = meters;
  }

  /**
   * Who claims.
   *
   * @param containerName what the container is to be called from now on
   * @param chargedTo the group to whose sessions it counts
   */
  public record Claimant(
      String ownerId, String slug, String path, String containerName, Optional<String> chargedTo) {}

  /** A seat that can be claimed, held until the transaction ends. */
  public Optional<UUID> find(Transaction transaction, DesktopType type) throws SQLException {
    return type.pool().isKept() ? rows.ready(transaction, type) : Optional.empty();
  }

  /** Makes a seat that {@link #find} holds the claimant's session. */
  public void claim(Transaction transaction, UUID seat, Claimant claimant) throws SQLException {
    int claimed =
        transaction.update(
            CLAIM,
            claimant.ownerId(),
            claimant.slug(),
            claimant.path(),
            claimant.containerName(),
            claimant.chargedTo().orElse(null),
            seat);
    if (claimed != 1) {
      throw new IllegalStateException("seat " + seat + " is not what it was a moment ago");
    }
  }

  /** Counts a launch: {@code hit} if there was a seat for it. */
  public void count(DesktopType type, boolean hit) {
    if (type.pool().isKept()) {
      meters
          .counter(
              "berth.session.claims", "type", type.name().value(), "result", hit ? "hit" : "miss")
          .increment();
    }
  }
}
