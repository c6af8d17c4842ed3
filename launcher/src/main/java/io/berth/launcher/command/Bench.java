package io.berth.launcher.command;

import io.berth.launcher.console.Failure;
import io.berth.launcher.installation.Installation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Measures the edge side by side with other proxies, on loopback. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = "Compare the edge with other proxies on this machine.")
final class Bench implements Callable<Integer> {

  @Mixin private Target target = new Target();

  @Parameters(
      arity = "0..*",
      paramLabel = "OPTION",
      description = "Passed on, after --: -- --quick, or -- --help for all of them")
  private List<String> options = new ArrayList<>();

  @Override
  public Integer call() throws IOException, InterruptedException {
    Installation installation = target.installation();
    Path jar = installation.checkout().file("bench/target/bench.jar");
    if (!Files.exists(jar)) {
      throw new Failure("The benchmark is not built: mvn -DskipTests package, then try again.");
    }
    List<String> words =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--sun-misc-unsafe-memory-access=allow",
                "-jar",
                jar.toString(),
                "--state",
                installation.state().toString()));
    words.addAll(options);
    return new ProcessBuilder(words)
        .directory(installation.checkout().root().toFile())
        .inheritIO()
        .start()
        .waitFor();
  }
}
