package io.berth.launcher.command;

import io.berth.launcher.console.Failure;
import io.berth.launcher.distribution.RecentMaven;
import io.berth.launcher.engine.Engine;
import io.berth.launcher.engine.FindEngine;
import io.berth.launcher.installation.Installation;
import io.berth.launcher.suite.Part;
import io.berth.launcher.suite.Parts;
import io.berth.launcher.suite.ServiceEnvironment;
import io.berth.launcher.suite.ServiceName;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Runs one service from its sources, reloading as they change, against the rest that runs. */
@Command(
    name = "dev",
    mixinStandardHelpOptions = true,
    description = "Run one service in live reload against the rest.")
final class Dev implements Callable<Integer> {

  @Mixin private Target target = new Target();

  @Parameters(paramLabel = "SERVICE", description = "auth, session or proxy.")
  private String service = "";

  @Override
  public Integer call() throws IOException, InterruptedException {
    ServiceName name = ServiceName.of(service);
    Installation installation = target.installation();
    Parts parts = new Parts(installation, () -> "");
    if (parts.database().process().isEmpty()) {
      throw new Failure("The rest does not run: start it with ./berth up, then try again.");
    }
    Part packaged = parts.service(name);
    packaged.stop();
    System.out.printf(
        "%s runs from its sources now; Ctrl-C ends it, ./berth up starts the packaged one again.%n",
        name.module());
    try (Engine engine =
        new FindEngine(installation)
            .running()
            .orElseThrow(() -> new Failure("No container engine answers: ./berth up"))) {
      ProcessBuilder maven =
          new ProcessBuilder(
                  List.of(
                      RecentMaven.command(installation.checkout()),
                      "-q",
                      "-pl",
                      name.module(),
                      "-am",
                      "-Dlint=false",
                      "-Dmaven.test.skip=true",
                      "-Ddebug=false",
                      "compile",
                      "quarkus:dev"))
              .directory(installation.checkout().root().toFile())
              .inheritIO();
      maven.environment().put("JAVA_HOME", System.getProperty("java.home"));
      maven.environment().putAll(new ServiceEnvironment(installation, engine.address()).of(name));
      return maven.start().waitFor();
    }
  }
}
