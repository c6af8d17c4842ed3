package io.berth.session.quota;

import io.berth.session.database.Transaction;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/** Warm seats as a part of the host: they give way to people. */
public final class Seats {

  /** {@code user_id} of a seat: a desktop that nobody has yet. */
  public static final String NOBODY = new UUID(0, 0).toString();

  private static final String GIVE_UP =
      """
      UPDATE containers SET status = 'stopping', ends_as = 'stopped',
        ended_by = 'system', ended_by_actor = 'pool',
        reason = 'A person needed its room.', state_since = now(), due_at = now()
      WHERE id = ?::uuid AND user_id = ? AND status <> 'stopping'
      """;

  private Seats() {}

  /** Sends as many seats away as it takes to free a share; the youngest first. */
  static void giveUp(Transaction transaction, Share wanted) throws SQLException {
    record Seat(String id, Share share) {}
    List<Seat> seats =
        transaction.list(
            "SELECT id, reserved_memory, reserved_cpus FROM containers WHERE user_id = ?"
                + " AND status NOT IN ('stopping', 'stopped', 'failed')"
                + " ORDER BY generation DESC FOR UPDATE",
            row -> new Seat(row.getString(1), new Share(row.getLong(2), row.getDouble(3))),
            NOBODY);
    Share freed = Share.NONE;
    for (Seat seat : seats) {
      if (wanted.fitsInto(freed)) {
        return;
      }
      transaction.update(GIVE_UP, seat.id(), NOBODY);
      freed = freed.plus(seat.share());
    }
  }
}
