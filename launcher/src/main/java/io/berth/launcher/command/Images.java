package io.berth.launcher.command;

import io.berth.launcher.console.Failure;
import io.berth.launcher.console.Steps;
import io.berth.launcher.engine.Engine;
import io.berth.launcher.engine.FindEngine;
import io.berth.launcher.image.DesktopImage;
import io.berth.launcher.image.ProvideImage;
import io.berth.launcher.installation.Installation;
import io.berth.launcher.keycloak.KeycloakServer;
import java.util.List;
import java.util.function.BiConsumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The images of the desktop types. */
@Command(
    name = "images",
    mixinStandardHelpOptions = true,
    description = "List the desktop types' images, or make them.")
final class Images implements Runnable {

  @Mixin private Target target = new Target();

  @Override
  public void run() {
    list(target);
  }

  @Command(name = "list", description = "Which images the catalogue names and which are there.")
  void list(@Mixin Target target) {
    Installation installation = target.installation();
    try (Engine engine = engine(installation)) {
      System.out.printf("%-18s %-42s %s%n", "type", "public image", "used now");
      for (DesktopImage image : DesktopImage.inCatalogue(installation.checkout())) {
        System.out.printf(
            "%-18s %-42s %s%n",
            image.type(),
            image.published(),
            image.present(engine).orElse("none: ./berth images build " + image.type()));
      }
    }
  }

  @Command(name = "build", description = "Build the local images from distribution packages.")
  void build(
      @Mixin Target target,
      @Parameters(
              arity = "0..1",
              defaultValue = "all",
              paramLabel = "TYPE",
              description = "One desktop type, or all.")
          String type) {
    each(target, type, (images, image) -> images.run("image of " + image.type(), image));
  }

  @Command(name = "provide", description = "Pull the images that are missing, or build them.")
  void provide(@Mixin Target target) {
    Installation installation = target.installation();
    try (Engine engine = engine(installation);
        Steps steps = Steps.onStandardOutput()) {
      ProvideImage images = new ProvideImage(installation, engine);
      for (DesktopImage image : DesktopImage.inCatalogue(installation.checkout())) {
        steps.run("image of " + image.type(), detail -> images.provide(image, detail));
      }
    }
  }

  @Command(
      name = "keycloak",
      description =
          "Unpack Keycloak's distribution and print where it is, for docker/local-images.")
  void keycloak(@Mixin Target target) {
    System.out.println(KeycloakServer.prepare(target.installation().checkout()));
  }

  /** Builds one image as a step. */
  private record Building(ProvideImage images, Steps steps) {
    void run(String title, DesktopImage image) {
      steps.run(
          title,
          detail -> {
            images.build(image.type(), detail);
            return true;
          });
    }
  }

  private static void each(Target target, String type, BiConsumer<Building, DesktopImage> work) {
    Installation installation = target.installation();
    List<DesktopImage> chosen =
        type.equals("all")
            ? DesktopImage.inCatalogue(installation.checkout())
            : List.of(DesktopImage.ofType(installation.checkout(), type));
    try (Engine engine = engine(installation);
        Steps steps = Steps.onStandardOutput()) {
      Building building = new Building(new ProvideImage(installation, engine), steps);
      chosen.forEach(image -> work.accept(building, image));
    }
  }

  private static Engine engine(Installation installation) {
    return new FindEngine(installation)
        .running()
        .orElseThrow(
            () -> new Failure("No container engine answers: start it, or run ./berth up."));
  }
}
