package io.berth.launcher.image;

import io.berth.launcher.console.Failure;
import io.berth.launcher.console.Steps;
import io.berth.launcher.engine.Engine;
import io.berth.launcher.installation.Installation;
import io.berth.launcher.process.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Makes a desktop type's image present: the public one is pulled, or the local stand-in is built.
 */
public final class ProvideImage {

  private static final Duration BUILD_LIMIT = Duration.ofMinutes(30);
  private static final Pattern PROGRESS = Pattern.compile("\\d{1,3} \\S.*");

  private final Installation installation;
  private final Engine engine;

  public ProvideImage(Installation installation, Engine engine) {
    this.installation = installation;
    this.engine = engine;
  }

  /** Returns the image that is there now; does nothing where one already is. */
  public String provide(DesktopImage image, Steps.Detail detail) {
    Optional<String> present = image.present(engine);
    if (present.isPresent()) {
      return present.get();
    }
    if (engine.pull(image.published(), detail::say)) {
      return image.published();
    }
    String standIn =
        image
            .standIn()
            .orElseThrow(() ->
                new Failure(
                    "%s can't be pulled and %s has no local stand-in: check the network."
                        .formatted(image.published(), image.type())));
    build(image.type(), detail);
    return standIn;
  }

  /** Builds the local stand-in of a type; an unchanged recipe takes no time. */
  public void build(String type, Steps.Detail detail) {
    Path log = installation.log("image-" + type);
    Path progress = installation.imageProgress().resolve(type + ".progress");
    try {
      Files.createDirectories(log.resolveSibling("."));
      Files.createDirectories(progress.resolveSibling("."));
      Command.Outcome outcome =
          Command.of(
                  List.of(
                      installation.checkout().file("docker/desktops/build").toString(),
                      type,
                      "--log",
                      log.toString()))
              .with(Map.of("DOCKER_HOST", engine.address()))
              .run(
                  BUILD_LIMIT,
                  line -> {
                    if (PROGRESS.matcher(line).matches()) {
                      detail.say(line.replaceFirst(" ", " % "));
                      write(progress, line);
                    }
                  });
      if (!outcome.succeeded()) {
        throw new Failure(
            "The image of %s could not be made (%s): see %s, then run ./berth images build %s."
                .formatted(type, outcome.lastLine(), log, type));
      }
    } catch (IOException e) {
      throw new Failure(
          "The image of %s could not be made: %s.".formatted(type, e.getMessage()), e);
    } finally {
      forget(progress);
    }
  }

  private static void write(Path progress, String line) {
    Path next = progress.resolveSibling(progress.getFileName() + ".next");
    try {
      Files.writeString(next, line + "\n");
      Files.move(
          next, progress, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new Failure("%s can't be written (%s).".formatted(progress, e.getMessage()), e);
    }
  }

  private static void forget(Path progress) {
    try {
      Files.deleteIfExists(progress);
    } catch (IOException e) {
      throw new Failure("%s can't be removed (%s).".formatted(progress, e.getMessage()), e);
    }
  }
}
