package io.berth.launcher.backup;

import io.berth.launcher.console.Failure;
import io.berth.launcher.console.Steps;
import io.berth.launcher.distribution.Versions;
import io.berth.launcher.engine.Engine;
import io.berth.launcher.installation.Installation;
import io.berth.launcher.postgres.PostgresServer;
import io.berth.launcher.postgres.PostgresSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;

/** Backs up and restores what {@code ./berth up} runs. */
public final class SuiteBackup {

  private static final String KIND = "suite";
  private static final List<String> STATE = List.of("installation.properties", "secrets");
  private static final List<String> SETTINGS = List.of(".env", "berth-catalogue.yaml");

  private final Installation installation;
  private final Steps steps;

  public SuiteBackup(Installation installation, Steps steps) {
    this.installation = installation;
    this.steps = steps;
  }

  /** Packs database, homes, secrets and settings into a file; PostgreSQL must run. */
  public void save(Path file, Engine engine) {
    PostgresServer database = database();
    if (database.pid().isEmpty()) {
      throw new Failure("PostgreSQL does not run: ./berth up, then try again.");
    }
    steps.run(
        "backup in " + file,
        detail -> {
          new BackupFile(file)
              .pack(folder -> {
                detail.say("copying the database");
                database.copyTo(folder.resolve("database.tar"));
                detail.say("copying homes");
                new Homes(engine, installation.id()).copyTo(folder.resolve("homes"));
                copy(STATE, installation.state(), folder.resolve("state"));
                copy(SETTINGS, installation.checkout().root(), folder.resolve("settings"));
                detail.say("packing");
                return new Manifest(
                    KIND, installation.id(), Map.of("postgres", Versions.pinned().postgres()));
              });
          return true;
        });
  }

  /** Puts what a file holds in place of what is here; nothing of it may run. */
  public void restore(Path file, Engine engine) {
    steps.run(
        "restored from " + file,
        detail -> {
          new BackupFile(file)
              .unpack(folder -> {
                Manifest manifest = Manifest.read(folder);
                require(manifest);
                detail.say("secrets and settings");
                copy(STATE, folder.resolve("state"), installation.state());
                copyMissing(folder.resolve("settings"), installation.checkout().root());
                detail.say("the database");
                database().replaceBy(folder.resolve("database.tar"));
                detail.say("homes");
                return new Homes(engine, manifest.instance()).copyFrom(folder.resolve("homes"));
              });
          return true;
        });
  }

  private static void require(Manifest manifest) {
    if (!manifest.kind().equals(KIND)) {
      throw new Failure("That is a backup of docker/compose.yml: ./berth restore --compose.");
    }
    String here = major(Versions.pinned().postgres());
    String there = major(manifest.facts().getOrDefault("postgres", ""));
    if (!here.equals(there)) {
      throw new Failure(
          "The backup is of PostgreSQL %s and this Berth brings %s: restore it with the Berth that made it, then upgrade."
              .formatted(there, here));
    }
  }

  private static String major(String version) {
    return version.split("\\.", 2)[0];
  }

  private PostgresServer database() {
    return PostgresServer.of(
        new PostgresSettings(
            installation.checkout(),
            installation.state().resolve("postgres"),
            installation.log("postgres"),
            installation.ports().postgres(),
            installation.secrets().databasePasswords(PostgresSettings.ROLES),
            true));
  }

  private static void copy(List<String> names, Path from, Path to) throws IOException {
    Files.createDirectories(to);
    for (String name : names) {
      if (Files.exists(from.resolve(name))) {
        Files.copy(
            from.resolve(name),
            to.resolve(name),
            StandardCopyOption.REPLACE_EXISTING,
            StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }

  /** Settings of this machine win: its address may be another. */
  private static void copyMissing(Path from, Path to) throws IOException {
    for (String name : SETTINGS) {
      if (!Files.exists(to.resolve(name)) && Files.exists(from.resolve(name))) {
        Files.copy(from.resolve(name), to.resolve(name));
      }
    }
  }
}
