package io.berth.launcher.suite;

import io.berth.launcher.installation.Installation;
import io.berth.launcher.postgres.PostgresServer;
import io.berth.launcher.postgres.PostgresSettings;
import io.berth.launcher.process.Readiness;
import java.util.Optional;

/** The embedded PostgreSQL. */
final class Database implements Part {

  private final Installation installation;
  private final PostgresServer server;

  Database(Installation installation) {
    this.installation = installation;
    this.server =
        PostgresServer.of(
            new PostgresSettings(
                installation.checkout(),
                installation.state().resolve("postgres"),
                installation.log(NAME),
                installation.ports().postgres(),
                installation.secrets().databasePasswords(PostgresSettings.ROLES),
                true));
  }

  static final String NAME = "postgres";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int port() {
    return installation.ports().postgres();
  }

  @Override
  public Optional<ProcessHandle> process() {
    return server.pid().flatMap(ProcessHandle::of);
  }

  @Override
  public Readiness.Answer health() {
    // pg_ctl returned when it answered; a running postmaster accepts or is recovering.
    return process().isPresent()
        ? new Readiness.Answer.Ready()
        : new Readiness.Answer.NotYet("does not run");
  }

  @Override
  public void start() {
    server.start();
  }

  @Override
  public void stop() {
    server.stop();
  }
}
