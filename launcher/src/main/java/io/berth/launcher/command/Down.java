package io.berth.launcher.command;

import io.berth.launcher.console.Failure;
import io.berth.launcher.console.Steps;
import io.berth.launcher.distribution.Unpacked;
import io.berth.launcher.engine.Engine;
import io.berth.launcher.engine.FindEngine;
import io.berth.launcher.installation.Installation;
import io.berth.launcher.process.Ending;
import io.berth.launcher.process.PidFile;
import io.berth.launcher.suite.Part;
import io.berth.launcher.suite.Parts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Stops everything that {@code up} started; with {@code --purge} nothing of it is left. */
@Command(
    name = "down",
    mixinStandardHelpOptions = true,
    description = "Stop everything; people's homes and the database are kept.")
final class Down implements Runnable {

  private static final Duration GRACE = Duration.ofSeconds(10);

  @Mixin private Target target = new Target();

  @Option(
      names = "--purge",
      description = "Also remove the desktops, people's homes, the database and all other state.")
  private boolean purge;

  @Override
  public void run() {
    Installation installation = target.installation();
    if (!installation.exists()) {
      System.out.println("Nothing to stop: Berth was not started here.");
      return;
    }
    try (Steps steps = Steps.onStandardOutput()) {
      stop(installation, steps);
      if (purge) {
        removeState(installation);
        steps.say(
            "Removed " + installation.state() + " but for the unpacked servers in it, if any.");
      }
    }
  }

  private void stop(Installation installation, Steps steps) {
    for (String background : List.of(Up.IMAGES, Up.REHEARSAL)) {
      PidFile pidFile = new PidFile(installation.pidFile(background));
      pidFile.running().ifPresent(Down::endTree);
      pidFile.forget();
    }
    List<Part> parts = new Parts(installation, () -> "").all();
    // Desktops go after the services, which would take an ended container for a failure.
    for (Part part : parts.reversed().subList(0, parts.size() - 1)) {
      stop(part, steps);
    }
    Optional<Engine> engine = new FindEngine(installation).running();
    if (engine.isPresent()) {
      try (Engine found = engine.get()) {
        steps.run("desktops are stopped", _ -> found.stopContainers(installation.id()));
        if (purge) {
          found.purge(installation.id());
          Walls.of(installation).remove();
        }
      }
    } else if (purge) {
      steps.say(
          "The container engine does not answer: desktops and homes labelled %s=%s may be left in it."
              .formatted(Engine.INSTANCE_LABEL, installation.id()));
    }
    stop(parts.getFirst(), steps);
    new FindEngine(installation).stopOwn();
  }

  private static void stop(Part part, Steps steps) {
    if (part.process().isPresent()) {
      steps.run(
          part.name() + " is stopped",
          _ -> {
            part.stop();
            return true;
          });
    } else {
      part.stop();
    }
  }

  private static void endTree(ProcessHandle process) {
    List<ProcessHandle> children = process.descendants().toList();
    Ending.end(process, GRACE);
    children.stream().filter(ProcessHandle::isAlive).forEach(child -> Ending.end(child, GRACE));
  }

  /** The distributions are no state: they stay for the next start. */
  private static void removeState(Installation installation) {
    Path kept = installation.checkout().distributions();
    try (Stream<Path> entries = Files.list(installation.state())) {
      for (Path entry :
          entries.filter(path -> !path.equals(kept) && !path.endsWith("launcher")).toList()) {
        Unpacked.delete(entry);
      }
    } catch (IOException e) {
      throw new Failure(
          "%s could not be removed (%s): remove it by hand."
              .formatted(installation.state(), e.getMessage()),
          e);
    }
    try {
      Files.deleteIfExists(installation.state());
    } catch (IOException e) {
      // The distributions are in it.
      return;
    }
  }
}
