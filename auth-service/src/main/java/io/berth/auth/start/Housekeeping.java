package io.berth.auth.start;

import io.berth.auth.database.Database;
import io.berth.auth.database.DatabaseUnavailable;
import io.berth.auth.desktop.DesktopTickets;
import io.berth.auth.key.SigningKeys;
import io.berth.auth.login.Logins;
import io.berth.auth.logout.LogoutTokens;
import io.berth.auth.revocation.Revocations;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** What is done again and again: keys looked up and rotated, what has expired forgotten. */
@ApplicationScoped
public class Housekeeping {

  private static final Logger LOG = Logger.getLogger(Housekeeping.class);

  private final Database database;
  private final SigningKeys keys;
  private final Logins logins;
  private final Revocations revocations;
  private final LogoutTokens logoutTokens;
  private final DesktopTickets tickets;

  public Housekeeping(
      Database database,
      SigningKeys keys,
      Logins logins,
      Revocations revocations,
      LogoutTokens logoutTokens,
      DesktopTickets tickets) {
    this.database = database;
    this.keys = keys;
    this.logins = logins;
    this.revocations = revocations;
    this.logoutTokens = logoutTokens;
    this.tickets = tickets;
  }

  @Scheduled(every = "60s", delayed = "60s", concurrentExecution = ConcurrentExecution.SKIP)
  void refreshKeys() {
    onceReady(keys::refresh);
  }

  @Scheduled(every = "10m", delayed = "1m", concurrentExecution = ConcurrentExecution.SKIP)
  void purge() {
    onceReady(() -> {
      int forgotten =
          database.inTransaction(connection ->
              logins.purge(connection)
                  + revocations.purge(connection)
                  + logoutTokens.purge(connection)
                  + tickets.purge(connection));
      LOG.debugf("expired rows forgotten: %d", forgotten);
    });
  }

  private void onceReady(Runnable chore) {
    if (!keys.areReady()) {
      return;
    }
    try {
      chore.run();
    } catch (DatabaseUnavailable e) {
      LOG.warn("PostgreSQL does not answer; housekeeping waits for it");
    }
  }
}
