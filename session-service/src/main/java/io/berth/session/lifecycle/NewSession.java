package io.berth.session.lifecycle;

import io.berth.common.ProxyPath;
import io.berth.session.audit.AuditTrail;
import io.berth.session.catalogue.DesktopType;
import io.berth.session.container.ContainerRuntime;
import io.berth.session.database.Database;
import io.berth.session.database.StatementRefused;
import io.berth.session.port.Ports;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.UUID;

/**
 * Writes the row of a new session: its path, its port where the runtime uses them, its container's
 * name and password.
 */
@ApplicationScoped
class NewSession {

  /** What became of the row. */
  sealed interface Outcome {}

  record Written(Session session) implements Outcome {}

  /** The path has a live session, whoever's. */
  record PathTaken() implements Outcome {}

  record NoPortFree() implements Outcome {}

  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  private static final int PASSWORD_LENGTH = 24;

  private final Database database;
  private final Ports ports;
  private final AuditTrail audit;
  private final ContainerRuntime runtime;
  private final SecureRandom random = new SecureRandom();

  NewSession(Database database, Ports ports, AuditTrail audit, ContainerRuntime runtime) {
    this.audit = audit;
    this.database = database;
    this.ports = ports;
    this.runtime = runtime;
  }

  Outcome write(Owner owner, DesktopType type) {
    UUID id = UUID.randomUUID();
    ProxyPath path = type.pathOf(owner.slug());
    try {
      return database.transaction(transaction -> {
        // A port is not worth taking for a path that is taken; the unique index decides later.
        boolean taken =
            transaction
                .first(
                    "SELECT 1 FROM containers WHERE proxy_path = ?"
                        + " AND status NOT IN ('stopped', 'failed')",
                    row -> true,
                    path.value())
                .isPresent();
        if (taken) {
          return new PathTaken();
        }
        Optional<Integer> port =
            runtime.usesHostPorts() ? ports.take(transaction) : Optional.empty();
        if (runtime.usesHostPorts() && port.isEmpty()) {
          return new NoPortFree();
        }
        Session written =
            transaction
                .first(
                    "INSERT INTO containers (id, user_id, owner_slug, session_id,"
                        + " container_name, desktop_type, host_port, proxy_path, status,"
                        + " upstream_secret, due_at)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?::integer, ?, 'requested', ?, now()) RETURNING"
                        + SessionRow.COLUMNS,
                    SessionRow::read,
                    id,
                    owner.id(),
                    owner.slug().value(),
                    id.toString(),
                    "kasm-%s-%s".formatted(path, id.toString().substring(0, 6)),
                    type.name().value(),
                    port.orElse(null),
                    path.value(),
                    password())
                .orElseThrow();
        audit.write(transaction, Acts.launch(written));
        return new Written(written);
      });
    } catch (StatementRefused e) {
      if (e.isDuplicate()) {
        return new PathTaken();
      }
      throw e;
    }
  }

  private String password() {
    return random
        .ints(PASSWORD_LENGTH, 0, ALPHABET.length())
        .collect(
            StringBuilder::new, (text, i) -> text.append(ALPHABET.charAt(i)), StringBuilder::append)
        .toString();
  }
}
