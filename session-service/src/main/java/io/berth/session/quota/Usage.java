package io.berth.session.quota;

import io.berth.session.database.Transaction;
import java.sql.SQLException;

/**
 * What is taken now.
 *
 * @param sessions of people that have their room
 * @param people what their desktops take
 * @param seats what warm seats take that are there to stay
 * @param leaving what warm seats take that are on their way out
 */
record Usage(int sessions, Share people, Share seats, Share leaving) {

  private static final String SELECT =
      """
      SELECT count(*) FILTER (WHERE person AND status <> 'stopping'),
        coalesce(sum(reserved_memory) FILTER (WHERE person), 0),
        coalesce(sum(reserved_cpus) FILTER (WHERE person), 0),
        coalesce(sum(reserved_memory) FILTER (WHERE NOT person AND status <> 'stopping'), 0),
        coalesce(sum(reserved_cpus) FILTER (WHERE NOT person AND status <> 'stopping'), 0),
        coalesce(sum(reserved_memory) FILTER (WHERE NOT person AND status = 'stopping'), 0),
        coalesce(sum(reserved_cpus) FILTER (WHERE NOT person AND status = 'stopping'), 0)
      FROM (
        SELECT *, user_id <> ? AS person FROM containers
        WHERE status NOT IN ('stopped', 'failed') AND queue_position IS NULL
          AND (status <> 'paused' OR ?)) AS live
      """;

  static Usage read(Transaction transaction, boolean countPaused) throws SQLException {
    return transaction
        .first(
            SELECT,
            row ->
                new Usage(
                    row.getInt(1),
                    new Share(row.getLong(2), row.getDouble(3)),
                    new Share(row.getLong(4), row.getDouble(5)),
                    new Share(row.getLong(6), row.getDouble(7))),
            Seats.NOBODY,
            countPaused)
        .orElseThrow();
  }

  /** All that is taken. */
  Share all() {
    return people.plus(seats).plus(leaving);
  }

  /** As it will be with one more desktop of a person. */
  Usage plus(Share share) {
    return new Usage(sessions + 1, people.plus(share), seats, leaving);
  }
}
