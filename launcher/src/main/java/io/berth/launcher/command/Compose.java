package io.berth.launcher.command;

import io.berth.launcher.compose.ComposeProject;
import io.berth.launcher.console.Failure;
import io.berth.launcher.installation.Checkout;
import io.berth.launcher.process.Command.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Docker Compose on docker/compose.yml, brought where it is missing. */
@Command(
    name = "compose",
    mixinStandardHelpOptions = true,
    description = "Run Docker Compose on docker/compose.yml: ./berth compose -- up -d --build")
final class Compose implements Callable<Integer> {

  @Option(
      names = "--env",
      paramLabel = "FILE",
      description = "Its settings (default: docker/.env, made where it is missing).")
  private @Nullable Path env;

  @Parameters(
      arity = "0..*",
      paramLabel = "ARGUMENT",
      description = "Passed on, after --: -- up -d --build")
  private List<String> arguments = new ArrayList<>();

  @Override
  public Integer call() throws IOException, InterruptedException {
    ComposeProject project = ComposeProject.of(Checkout.find(), Optional.ofNullable(env));
    if (!Files.exists(project.env())) {
      setUp(project);
    }
    return new ProcessBuilder(project.words(arguments)).inheritIO().start().waitFor();
  }

  private static void setUp(ComposeProject project) {
    Outcome outcome =
        io.berth.launcher.process.Command.of(
                project.checkout().file("docker/setup").toString(),
                "--env",
                project.env().toString())
            .run(Duration.ofMinutes(1), System.out::println);
    if (!outcome.succeeded()) {
      throw new Failure("docker/setup failed: mend what it says and try again.");
    }
  }
}
