package io.berth.launcher.command;

import io.berth.launcher.backup.ComposeBackup;
import io.berth.launcher.backup.SuiteBackup;
import io.berth.launcher.compose.ComposeProject;
import io.berth.launcher.console.Failure;
import io.berth.launcher.console.Steps;
import io.berth.launcher.engine.Engine;
import io.berth.launcher.installation.Installation;
import io.berth.launcher.suite.Parts;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Puts what a backup holds in place of what is here. */
@Command(
    name = "restore",
    mixinStandardHelpOptions = true,
    description = "Put what a backup holds in place of what is here.")
final class Restore implements Runnable {

  @Mixin private Target target = new Target();

  @Parameters(paramLabel = "FILE", description = "What ./berth backup made.")
  @SuppressWarnings("NullAway.Init") // picocli sets the field
  private Path file;

  @Option(names = "--compose", description = "Into docker/compose.yml, not ./berth up.")
  private boolean compose;

  @Option(names = "--env", paramLabel = "FILE", description = "With --compose: its settings.")
  private @Nullable Path env;

  @Override
  public void run() {
    Installation installation = target.installation();
    try (Engine engine = Backup.engine(installation);
        Steps steps = Steps.onStandardOutput()) {
      if (compose) {
        new ComposeBackup(
                ComposeProject.of(installation.checkout(), Optional.ofNullable(env)), steps)
            .restore(file, engine);
      } else {
        requireStopped(installation);
        new SuiteBackup(installation, steps).restore(file, engine);
        System.out.println("Start it: ./berth up");
      }
    }
  }

  private static void requireStopped(Installation installation) {
    if (installation.exists()
        && new Parts(installation, () -> "")
            .all().stream().anyMatch(part -> part.process().isPresent())) {
      throw new Failure("Berth runs: ./berth down, then try again.");
    }
  }
}
