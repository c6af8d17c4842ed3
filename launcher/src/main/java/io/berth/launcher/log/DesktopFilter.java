package io.berth.launcher.log;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells which lines are about one desktop: those with its path as {@code route} or in an address,
 * and those of the sessions that such lines named. Lines are shown to it in the order in which they
 * were written.
 */
final class DesktopFilter {

  private static final Pattern SESSION =
      Pattern.compile("\"?sessionId\"?[=:] ?\"?([0-9a-f]{8}-[0-9a-f-]{27})");

  private final Pattern path;
  private final Set<String> sessions = new HashSet<>();

  DesktopFilter(String proxyPath) {
    this.path =
        Pattern.compile(
            "(?:\"?route\"?[=:] ?\"?|/desktop/)%s(?![a-z0-9-])"
                .formatted(Pattern.quote(proxyPath)));
  }

  boolean isAbout(String line) {
    Matcher session = SESSION.matcher(line);
    boolean named = session.find();
    if (path.matcher(line).find()) {
      if (named) {
        sessions.add(session.group(1));
      }
      return true;
    }
    return named && sessions.contains(session.group(1));
  }
}
