package io.berth.launcher.installation;

import io.berth.launcher.console.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The guide's {@code .env}: {@code KEY=value} lines; the environment wins over the file. */
final class DotEnv {

  private static final Pattern LINE =
      Pattern.compile("\\s*(?:export\\s+)?([A-Za-z_][A-Za-z0-9_]*)\\s*=\\s*(.*?)\\s*");

  private final Map<String, String> values = new HashMap<>();

  DotEnv(Path file, Map<String, String> environment) {
    if (Files.exists(file)) {
      try {
        Files.readAllLines(file).forEach(this::read);
      } catch (IOException e) {
        throw new Failure("%s can't be read (%s).".formatted(file, e.getMessage()), e);
      }
    }
    values.putAll(environment);
  }

  Optional<String> get(String key) {
    return Optional.ofNullable(values.get(key)).filter(value -> !value.isBlank());
  }

  private void read(String line) {
    Matcher matcher = LINE.matcher(line);
    if (!line.stripLeading().startsWith("#") && matcher.matches()) {
      values.put(matcher.group(1), unquoted(matcher.group(2)));
    }
  }

  private static String unquoted(String value) {
    if (value.length() >= 2
        && (value.charAt(0) == '"' || value.charAt(0) == '\'')
        && value.charAt(value.length() - 1) == value.charAt(0)) {
      return value.substring(1, value.length() - 1);
    }
    int comment = value.indexOf(" #");
    return comment < 0 ? value : value.substring(0, comment).strip();
  }
}
