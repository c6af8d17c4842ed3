package io.berth.launcher.command;

import io.berth.launcher.console.Failure;
import io.berth.launcher.installation.Installation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Kills parts of a Berth of its own while people use it, and looks whether all is well after. */
@Command(
    name = "chaos",
    mixinStandardHelpOptions = true,
    description = "Launch, use, stop and kill at random, in a state and an engine of its own.")
final class Chaos implements Callable<Integer> {

  @Mixin private Target target = new Target();

  @Option(names = "--minutes", description = "How long (default: 5).")
  private int minutes = 5;

  @Option(names = "--seed", description = "Repeat the plan of an earlier run.")
  private @Nullable Long seed;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Installation installation = target.installation();
    Path jar = installation.checkout().file("chaos/target/chaos.jar");
    if (!Files.exists(jar)) {
      throw new Failure("The chaos test is not built: mvn -DskipTests package, then try again.");
    }
    List<String> words =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dberth.checkout=" + installation.checkout().root(),
                "-jar",
                jar.toString(),
                "--minutes",
                Integer.toString(minutes)));
    if (seed != null) {
      words.addAll(List.of("--seed", Long.toString(seed)));
    }
    return new ProcessBuilder(words)
        .directory(installation.checkout().root().toFile())
        .inheritIO()
        .start()
        .waitFor();
  }
}
