package io.berth.launcher.command;

import io.berth.launcher.console.Failure;
import io.berth.launcher.installation.Installation;
import io.berth.launcher.log.DesktopLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what the parts wrote. */
@Command(
    name = "logs",
    mixinStandardHelpOptions = true,
    description = "Show the last lines of the logs.")
final class Logs implements Callable<Integer> {

  @Mixin private Target target = new Target();

  @Parameters(
      arity = "0..1",
      paramLabel = "SERVICE",
      description = "One part only, such as proxy-service, keycloak or postgres.")
  private @Nullable String part;

  @Option(
      names = {"-f", "--follow"},
      description = "Go on as they write more.")
  private boolean follow;

  @Option(
      names = "--desktop",
      paramLabel = "PATH",
      description = "Only what is about one desktop, of all parts: alice-ubuntu-vscode.")
  private @Nullable String desktop;

  @Option(
      names = {"-n", "--lines"},
      defaultValue = "100",
      description = "How many lines of each (default: ${DEFAULT-VALUE}).")
  private int lines;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Installation installation = target.installation();
    if (desktop != null) {
      showDesktop(new DesktopLog(files(installation), desktop));
      return 0;
    }
    List<String> words = new ArrayList<>(List.of("tail", "-n", String.valueOf(lines)));
    if (follow) {
      words.add("-F");
    }
    files(installation).forEach(file -> words.add(file.toString()));
    return new ProcessBuilder(words).inheritIO().start().waitFor();
  }

  private void showDesktop(DesktopLog log) throws IOException, InterruptedException {
    List<String> last = log.last(lines);
    last.forEach(System.out::println);
    if (last.isEmpty()) {
      System.out.printf(
          "Nothing is written of %s. A desktop's path is {username}-{desktop-type}, as in its"
              + " address.%n",
          desktop);
    }
    if (follow) {
      log.follow(System.out::println);
    }
  }

  private List<Path> files(Installation installation) throws IOException {
    Path folder = installation.log("any").resolveSibling(".").normalize();
    if (!Files.isDirectory(folder)) {
      throw new Failure("No logs yet: Berth was not started here. ./berth up");
    }
    List<Path> all;
    try (Stream<Path> entries = Files.list(folder)) {
      all = entries.filter(file -> file.toString().endsWith(".log")).sorted().toList();
    }
    if (part == null) {
      return all;
    }
    List<Path> named =
        Stream.of(installation.log(part), installation.log(part + "-service"))
            .filter(Files::exists)
            .toList();
    if (named.isEmpty()) {
      throw new Failure(
          "%s has written nothing; there are logs of %s."
              .formatted(
                  part,
                  String.join(
                      ", ",
                      all.stream()
                          .map(file -> file.getFileName().toString().replace(".log", ""))
                          .toList())));
    }
    return named;
  }
}
