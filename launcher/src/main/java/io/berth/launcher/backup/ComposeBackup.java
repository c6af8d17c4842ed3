package io.berth.launcher.backup;

import io.berth.launcher.compose.ComposeProject;
import io.berth.launcher.console.Failure;
import io.berth.launcher.console.Steps;
import io.berth.launcher.engine.Engine;
import io.berth.launcher.process.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Backs up and restores what {@code docker/compose.yml} runs. */
public final class ComposeBackup {

  private static final String KIND = "compose";
  private static final List<String> DATABASES = List.of("berth", "keycloak");

  /** Everything that writes to the databases. */
  private static final List<String> WRITERS = List.of("proxy", "session", "auth", "keycloak");

  private final ComposeProject project;
  private final ComposeSettings settings;
  private final Steps steps;

  public ComposeBackup(ComposeProject project, Steps steps) {
    this.project = project;
    this.settings = ComposeSettings.read(project);
    this.steps = steps;
  }

  /** Packs both databases, homes, secrets and settings into a file; PostgreSQL must run. */
  public void save(Path file, Engine engine) {
    steps.run(
        "backup in " + file,
        detail -> {
          new BackupFile(file)
              .pack(folder -> {
                for (String database : DATABASES) {
                  detail.say("dumping " + database);
                  project.inPostgres(
                      "pg_dump -U postgres --format=custom --create " + database,
                      Optional.empty(),
                      Optional.of(folder.resolve(database + ".dump")));
                }
                detail.say("copying homes");
                new Homes(engine, settings.instance()).copyTo(folder.resolve("homes"));
                copyAll(settings.secrets(), folder.resolve("secrets"));
                Files.copy(project.env(), folder.resolve("env"));
                detail.say("packing");
                return new Manifest(KIND, settings.instance(), Map.of());
              });
          return true;
        });
  }

  /** Puts what a file holds in place of what is here, and starts everything. */
  public void restore(Path file, Engine engine) {
    steps.run(
        "restored from " + file,
        detail -> {
          new BackupFile(file)
              .unpack(folder -> {
                Manifest manifest = Manifest.read(folder);
                if (!manifest.kind().equals(KIND)) {
                  throw new Failure(
                      "That is a backup of ./berth up: ./berth restore without --compose.");
                }
                detail.say("stopping what writes");
                project.run(words("stop", WRITERS));
                copyAll(folder.resolve("secrets"), settings.secrets());
                detail.say("the databases");
                project.run("up", "--detach", "--wait", "postgres");
                restoreDatabases(folder);
                detail.say("homes");
                return new Homes(engine, manifest.instance()).copyFrom(folder.resolve("homes"));
              });
          detail.say("starting everything");
          project.run("up", "--detach", "--wait", "--force-recreate");
          return true;
        });
  }

  /** The roles get the passwords of the restored secrets, whatever they had. */
  private void restoreDatabases(Path folder) {
    for (String role :
        List.of("postgres", "berth_session", "berth_auth", "berth_proxy", "keycloak")) {
      project.inPostgres(
          "psql -q -v ON_ERROR_STOP=1 -U postgres -d postgres -v secret=\"$(cat /run/secrets/postgres."
              + role
              + ")\" <<<\"ALTER ROLE "
              + role
              + " PASSWORD :'secret'\"",
          Optional.empty(),
          Optional.empty());
    }
    for (String database : DATABASES) {
      project.inPostgres(
          "dropdb -U postgres --if-exists --force "
              + database
              + " && pg_restore -U postgres --exit-on-error --create --dbname=postgres",
          Optional.of(folder.resolve(database + ".dump")),
          Optional.empty());
    }
  }

  private static String[] words(String first, List<String> rest) {
    return Stream.concat(Stream.of(first), rest.stream()).toArray(String[]::new);
  }

  /** With their rights: containers read secrets by their own uids. */
  private static void copyAll(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    Command.Outcome outcome =
        Command.of("cp", "-a", from + "/.", to.toString()).run(Duration.ofMinutes(1));
    if (!outcome.succeeded()) {
      throw new IOException(outcome.lastLine());
    }
  }
}
