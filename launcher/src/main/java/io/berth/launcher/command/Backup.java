package io.berth.launcher.command;

import io.berth.launcher.backup.ComposeBackup;
import io.berth.launcher.backup.SuiteBackup;
import io.berth.launcher.compose.ComposeProject;
import io.berth.launcher.console.Failure;
import io.berth.launcher.console.Steps;
import io.berth.launcher.engine.Engine;
import io.berth.launcher.engine.FindEngine;
import io.berth.launcher.installation.Installation;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Packs everything that matters into one file, while people work. */
@Command(
    name = "backup",
    mixinStandardHelpOptions = true,
    description = "Pack database, homes, secrets and settings into one file.")
final class Backup implements Runnable {

  @Mixin private Target target = new Target();

  @Parameters(paramLabel = "FILE", description = "The file to make, such as berth.tar.gz.")
  @SuppressWarnings("NullAway.Init") // picocli sets the field
  private Path file;

  @Option(names = "--compose", description = "Of docker/compose.yml, not of ./berth up.")
  private boolean compose;

  @Option(names = "--env", paramLabel = "FILE", description = "With --compose: its settings.")
  private @Nullable Path env;

  @Override
  public void run() {
    Installation installation = target.installation();
    try (Engine engine = engine(installation);
        Steps steps = Steps.onStandardOutput()) {
      if (compose) {
        new ComposeBackup(
                ComposeProject.of(installation.checkout(), Optional.ofNullable(env)), steps)
            .save(file, engine);
      } else {
        new SuiteBackup(installation, steps).save(file, engine);
      }
    }
    System.out.printf("%s holds secrets and people's files: keep it as carefully as them.%n", file);
  }

  static Engine engine(Installation installation) {
    return new FindEngine(installation)
        .running()
        .orElseThrow(
            () -> new Failure("No container engine answers: start it, or run ./berth up."));
  }
}
