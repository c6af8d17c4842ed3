package io.berth.launcher.command;

import io.berth.launcher.reference.ConfigReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Writes the pages that are made from the code. */
@Command(
    name = "docs",
    mixinStandardHelpOptions = true,
    description = "Write docs/configuration.md anew from the services' typed configuration.")
final class Docs implements Callable<Integer> {

  @Mixin private Target target = new Target();

  @Override
  public Integer call() throws IOException {
    Path root = target.installation().checkout().root();
    Path page = root.resolve("docs/configuration.md");
    Files.writeString(page, new ConfigReference(root).markdown());
    System.out.println("Written: " + root.relativize(page));
    return 0;
  }
}
