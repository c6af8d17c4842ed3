package io.berth.session.lifecycle;

import io.berth.common.DesktopTypeName;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How far the builder of a stand-in image is, as its file says. */
@ApplicationScoped
class BuildProgress {

  /** A line of a builder. */
  record Line(int percent, String sentence) {}

  private static final Pattern LINE = Pattern.compile("(\\d{1,3})\\s+(.{1,200})");

  private final Optional<Path> directory;

  BuildProgress(ImagesConfig config) {
    this.directory = config.progressDirectory();
  }

  /** What the builder of a type's image last said, or nothing if none works on it. */
  Optional<Line> read(DesktopTypeName type) {
    if (directory.isEmpty()) {
      return Optional.empty();
    }
    Path file = directory.get().resolve(type + ".progress");
    try {
      Matcher line = LINE.matcher(Files.readString(file).strip());
      return line.matches()
          ? Optional.of(new Line(Math.min(100, Integer.parseInt(line.group(1))), line.group(2)))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
