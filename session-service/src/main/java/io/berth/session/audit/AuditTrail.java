package io.berth.session.audit;

import io.berth.session.database.Database;
import io.berth.session.database.DatabaseUnavailable;
import io.berth.session.database.SchemaMigration;
import io.berth.session.database.Transaction;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Duration;

/**
 * Writes down who did what. An act and its line are of one transaction: both are there, or none.
 */
@ApplicationScoped
public class AuditTrail {

  private final Database database;
  private final SchemaMigration schema;
  private final Duration retention;

  AuditTrail(Database database, SchemaMigration schema, AuditConfig config) {
    this.database = database;
    this.schema = schema;
    this.retention = config.retention();
  }

  /** In the transaction of the act. */
  public void write(Transaction transaction, Act act) throws SQLException {
    transaction.update(
        "INSERT INTO audit (action, outcome, actor_kind, actor_id, actor_name, session_id, owner_id,"
            + " owner_name, desktop_type, reason)"
            + " VALUES (?, ?, ?, ?, ?, ?::uuid, ?, ?, ?, ?)",
        act.action(),
        act.outcome().word(),
        act.actor().kind().word(),
        act.actor().id().orElse(null),
        act.actor().name(),
        act.subject().sessionId().map(Object::toString).orElse(null),
        act.subject().ownerId().orElse(null),
        act.subject().ownerName().orElse(null),
        act.subject().desktopType().orElse(null),
        act.reason().orElse(null));
  }

  /** Of what changed nothing in the database, such as a refusal. */
  public void write(Act act) {
    database.transaction(transaction -> {
      write(transaction, act);
      return true;
    });
  }

  /** Forgets what is older than it is to be kept; the database refuses to forget the last week. */
  @Scheduled(every = "1h", delayed = "1m")
  @RunOnVirtualThread
  void forgetOld() {
    if (!schema.isDone()) {
      return;
    }
    try {
      Duration kept = retention.compareTo(Duration.ofDays(8)) < 0 ? Duration.ofDays(8) : retention;
      database.update(
          "DELETE FROM audit WHERE at < now() - make_interval(secs => ?)",
          (double) kept.toSeconds());
    } catch (DatabaseUnavailable e) {
      // It is forgotten an hour later.
    }
  }
}
