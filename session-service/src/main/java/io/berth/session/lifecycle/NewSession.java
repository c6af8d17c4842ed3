package io.berth.session.lifecycle;

import io.berth.common.ProxyPath;
import io.berth.session.audit.AuditTrail;
import io.berth.session.catalogue.DesktopType;
import io.berth.session.container.ContainerRuntime;
import io.berth.session.container.DesktopPassword;
import io.berth.session.database.Database;
import io.berth.session.database.StatementRefused;
import io.berth.session.database.Transaction;
import io.berth.session.pool.ClaimSeat;
import io.berth.session.port.Ports;
import io.berth.session.quota.HostBudget;
import io.berth.session.quota.Quotas;
import io.berth.session.quota.Share;
import io.berth.session.quota.Verdict;
import io.berth.session.quota.WaitingLine;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Writes the row of a new session: its path, its port where the runtime uses host ports, its
 * container's name and password, and what it takes of the host; or makes a warm seat's row theirs.
 * Whether the person may have it is decided in the same transaction.
 */
@ApplicationScoped
class NewSession {

  /** What became of the row. */
  sealed interface Outcome {}

  record Written(Session session) implements Outcome {}

  /** A warm seat is the person's now. */
  record Claimed(Session session) implements Outcome {}

  /** The path has a live session, whoever's. */
  record PathTaken() implements Outcome {}

  record NoPortFree() implements Outcome {}

  /** The person may have no more, or the host has no room. */
  record OverQuota(Verdict.Refused why) implements Outcome {}

  private final Database database;
  private final Ports ports;
  private final AuditTrail audit;
  private final ContainerRuntime runtime;
  private final Quotas quotas;
  private final WaitingLine line;
  private final HostBudget hostBudget;
  private final DesktopPassword passwords;
  private final ClaimSeat claimSeat;

  NewSession(
      Database database,
      Ports ports,
      AuditTrail audit,
      ContainerRuntime runtime,
      Quotas quotas,
      WaitingLine line,
      HostBudget hostBudget,
      DesktopPassword passwords,
      ClaimSeat claimSeat) {
    this.audit = audit;
    this.database = database;
    this.ports = ports;
    this.runtime = runtime;
    this.quotas = quotas;
    this.line = line;
    this.hostBudget = hostBudget;
    this.passwords = passwords;
    this.claimSeat = claimSeat;
  }

  Outcome write(Owner owner, DesktopType type) {
    Share budget = hostBudget.now();
    try {
      return database.transaction(transaction -> write(transaction, owner, type, budget));
    } catch (StatementRefused e) {
      if (e.isDuplicate()) {
        return new PathTaken();
      }
      throw e;
    }
  }

  private Outcome write(Transaction transaction, Owner owner, DesktopType type, Share budget)
      throws SQLException {
    // One at a time from here on: who asks twice at once must find the first row, not a full quota.
    Quotas.lock(transaction);
    if (isTaken(transaction, type.pathOf(owner.slug()))) {
      return new PathTaken();
    }
    var applicant = new Quotas.Applicant(owner.id(), owner.groups());
    Optional<UUID> seat = claimSeat.find(transaction, type);
    var host = new Quotas.Host(budget, seat.isPresent());
    return switch (quotas.judge(transaction, applicant, type, host)) {
      case Verdict.Refused why -> new OverQuota(why);
      case Verdict.Admitted admitted when seat.isPresent() ->
          claim(transaction, owner, type, seat.get(), admitted);
      case Verdict.Granted granted -> insert(transaction, owner, type, granted);
    };
  }

  private static boolean isTaken(Transaction transaction, ProxyPath path) throws SQLException {
    return transaction
        .first(
            "SELECT 1 FROM containers WHERE proxy_path = ?"
                + " AND status NOT IN ('stopped', 'failed')",
            row -> true,
            path.value())
        .isPresent();
  }

  private Outcome claim(
      Transaction transaction, Owner owner, DesktopType type, UUID seat, Verdict.Admitted admitted)
      throws SQLException {
    ProxyPath path = type.pathOf(owner.slug());
    claimSeat.claim(
        transaction,
        seat,
        new ClaimSeat.Claimant(
            owner.id(),
            owner.slug().value(),
            path.value(),
            containerName(path, seat),
            admitted.chargedTo()));
    Session claimed =
        transaction
            .first(
                "SELECT" + SessionRow.COLUMNS + "FROM containers WHERE id = ?",
                SessionRow::read,
                seat)
            .orElseThrow();
    audit.write(transaction, Acts.launch(claimed));
    return new Claimed(claimed);
  }

  /** Who waits is not due; {@link WaitingLine#moveUp} makes it so. */
  private Outcome insert(
      Transaction transaction, Owner owner, DesktopType type, Verdict.Granted granted)
      throws SQLException {
    Optional<Integer> port = runtime.usesHostPorts() ? ports.take(transaction) : Optional.empty();
    if (runtime.usesHostPorts() && port.isEmpty()) {
      return new NoPortFree();
    }
    UUID id = UUID.randomUUID();
    ProxyPath path = type.pathOf(owner.slug());
    Share share = Share.of(type);
    @Nullable Integer position = granted instanceof Verdict.Waits waits ? waits.position() : null;
    Session written =
        transaction
            .first(
                "INSERT INTO containers (id, user_id, owner_slug, session_id, container_name,"
                    + " desktop_type, host_port, proxy_path, status, upstream_secret,"
                    + " reserved_memory, reserved_cpus, charged_to, queue_position,"
                    + " progress_message, due_at)"
                    + " VALUES (?, ?, ?, ?, ?, ?, ?::integer, ?, 'requested', ?, ?, ?, ?,"
                    + " ?::integer, ?, CASE WHEN ? THEN now() END) RETURNING"
                    + SessionRow.COLUMNS,
                SessionRow::read,
                id,
                owner.id(),
                owner.slug().value(),
                id.toString(),
                containerName(path, id),
                type.name().value(),
                port.orElse(null),
                path.value(),
                passwords.fresh(),
                share.memory(),
                share.cpus(),
                granted.chargedTo().orElse(null),
                position,
                position == null ? null : line.message(transaction, position),
                position == null)
            .orElseThrow();
    audit.write(transaction, Acts.launch(written));
    return new Written(written);
  }

  private static String containerName(ProxyPath path, UUID id) {
    return "kasm-%s-%s".formatted(path, id.toString().substring(0, 6));
  }
}
