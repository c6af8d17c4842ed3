package io.berth.session.home;

import io.berth.session.audit.Act;
import io.berth.session.audit.Actor;
import io.berth.session.audit.AuditTrail;
import io.berth.session.container.ContainerRuntime;
import io.berth.session.container.HomeInUse;
import io.berth.session.container.HomeVolume;
import io.berth.session.database.Database;
import io.berth.session.database.Transaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Takes away what is in a home. The row is locked until the volume is gone, so that a launch waits
 * for it; after a crash in between the home is there, empty, and can be removed again.
 */
@ApplicationScoped
public class RemoveHome {

  /** What became of the home. */
  public sealed interface Result {}

  /** Nothing is in it any more. */
  public record Removed() implements Result {}

  /**
   * It is as before, since desktops have it.
   *
   * @param uses none if it is a desktop whose session has ended and whose container has not
   */
  public record InUse(List<Home.Use> uses) implements Result {}

  /** The person has no such home, whoever else may have it. */
  public record Unknown() implements Result {}

  /** What is done, by whom, and what then becomes of the row. */
  private record Removal(Actor actor, String action, HomeVolume home, String afterwards) {}

  private static final String DELETE = "DELETE FROM homes WHERE owner_id = ? AND name = ?";
  private static final String BEGIN_ANEW =
      "UPDATE homes SET created_at = now() WHERE owner_id = ? AND name = ?";

  private static final Logger LOG = Logger.getLogger(RemoveHome.class);

  private final Database database;
  private final ContainerRuntime runtime;
  private final AuditTrail audit;

  RemoveHome(Database database, ContainerRuntime runtime, AuditTrail audit) {
    this.audit = audit;
    this.database = database;
    this.runtime = runtime;
  }

  /** Removes a home; the next launch makes a new one. */
  public Result delete(Actor actor, HomeVolume home) {
    return remove(new Removal(actor, "home-delete", home, DELETE));
  }

  /** Empties a home: the next launch finds it as at the first. */
  public Result reset(Actor actor, HomeVolume home) {
    return remove(new Removal(actor, "home-reset", home, BEGIN_ANEW));
  }

  /** Removes a volume that has no row; one that has a row in the meantime stays. */
  public Result deleteUnowned(Actor actor, HomeVolume home) {
    return database.transaction(transaction -> {
      int written =
          transaction.update(
              "INSERT INTO homes (owner_id, name, owner_slug) VALUES (?, ?, '')"
                  + " ON CONFLICT DO NOTHING",
              home.ownerId(),
              home.home());
      return written == 0
          ? new InUse(List.of())
          : remove(transaction, new Removal(actor, "home-delete", home, DELETE));
    });
  }

  private Result remove(Removal removal) {
    return database.transaction(transaction -> remove(transaction, removal));
  }

  private Result remove(Transaction transaction, Removal removal) throws SQLException {
    HomeVolume home = removal.home();
    Optional<Home> found = Homes.lock(transaction, home);
    if (found.isEmpty()) {
      return new Unknown();
    }
    if (!found.get().uses().isEmpty()) {
      return new InUse(found.get().uses());
    }
    try {
      runtime.removeHome(home);
    } catch (HomeInUse e) {
      return new InUse(List.of());
    }
    transaction.update(removal.afterwards(), home.ownerId(), home.home());
    audit.write(
        transaction,
        Act.of(
            removal.action(),
            Act.Outcome.DONE,
            removal.actor(),
            Act.Subject.of(home.ownerId(), found.get().ownerSlug(), home.home())));
    LOG.infof("home=%s user=%s removed", home.home(), home.ownerId());
    return new Removed();
  }
}
