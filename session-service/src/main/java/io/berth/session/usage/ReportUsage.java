package io.berth.session.usage;

import io.berth.session.database.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Adds up when desktops ran. A paused one does not run. */
@ApplicationScoped
public class ReportUsage {

  /** What a row of the report stands for. */
  public enum By {
    PERSON,
    TYPE,
    PERSON_AND_TYPE;

    boolean person() {
      return this != TYPE;
    }

    boolean type() {
      return this != PERSON;
    }
  }

  /**
   * A row.
   *
   * @param person a name in addresses, null if the report is by type
   * @param desktopType null if the report is by person
   * @param sessions that ran at some moment of the time
   * @param hours that they ran within it
   */
  public record Row(
      @Nullable String person, @Nullable String desktopType, long sessions, double hours) {}

  private final Database database;

  ReportUsage(Database database) {
    this.database = database;
  }

  /** Of everybody, or of one person. */
  public List<Row> report(Instant from, Instant to, By by, Optional<String> ownerId) {
    List<String> keys = new ArrayList<>();
    if (by.person()) {
      keys.add("owner_name");
    }
    if (by.type()) {
      keys.add("desktop_type");
    }
    String columns = String.join(", ", keys);
    List<Object> parameters = new ArrayList<>(List.of(to, from, to, from));
    ownerId.ifPresent(parameters::add);
    return database.transaction(transaction ->
        transaction.list(
            "SELECT "
                + columns
                + ", count(DISTINCT session_id) AS sessions, sum(extract(epoch FROM"
                + " least(coalesce(ended_at, now()), ?) - greatest(began_at, ?))) / 3600 AS hours"
                + " FROM runs WHERE began_at < ? AND coalesce(ended_at, now()) > ?"
                + (ownerId.isPresent() ? " AND owner_id = ?" : "")
                + " GROUP BY "
                + columns
                + " ORDER BY "
                + columns,
            row ->
                new Row(
                    by.person() ? row.getString("owner_name") : null,
                    by.type() ? row.getString("desktop_type") : null,
                    row.getLong("sessions"),
                    Math.round(row.getDouble("hours") * 1000) / 1000.0),
            parameters.toArray()));
  }
}
