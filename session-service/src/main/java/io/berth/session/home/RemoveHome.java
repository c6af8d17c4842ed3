package io.berth.session.home;

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

  private static final Logger LOG = Logger.getLogger(RemoveHome.class);

  private final Database database;
  private final ContainerRuntime runtime;

  RemoveHome(Database database, ContainerRuntime runtime) {
    this.database = database;
    this.runtime = runtime;
  }

  /** Removes a home; the next launch makes a new one. */
  public Result delete(HomeVolume home) {
    return remove(home, "DELETE FROM homes WHERE owner_id = ? AND name = ?");
  }

  /** Empties a home: the next launch finds it as at the first. */
  public Result reset(HomeVolume home) {
    return remove(home, "UPDATE homes SET created_at = now() WHERE owner_id = ? AND name = ?");
  }

  /** Removes a volume that has no row; one that has a row in the meantime stays. */
  public Result deleteUnowned(HomeVolume home) {
    return database.transaction(transaction -> {
      int written =
          transaction.update(
              "INSERT INTO homes (owner_id, name, owner_slug) VALUES (?, ?, '')"
                  + " ON CONFLICT DO NOTHING",
              home.ownerId(),
              home.home());
      return written == 0
          ? new InUse(List.of())
          : remove(transaction, home, "DELETE FROM homes WHERE owner_id = ? AND name = ?");
    });
  }

  private Result remove(HomeVolume home, String afterwards) {
    return database.transaction(transaction -> remove(transaction, home, afterwards));
  }

  private Result remove(Transaction transaction, HomeVolume home, String afterwards)
      throws SQLException {
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
    transaction.update(afterwards, home.ownerId(), home.home());
    LOG.infof("home=%s user=%s removed", home.home(), home.ownerId());
    return new Removed();
  }
}
