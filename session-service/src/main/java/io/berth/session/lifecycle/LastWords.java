package io.berth.session.lifecycle;

import io.berth.session.container.Container;
import java.util.List;
import java.util.regex.Pattern;

/** Says why a container ended: how, and the gist of what it wrote last, without secrets. */
final class LastWords {

  private static final int LINES = 3;
  private static final int MAX_LENGTH = 300;
  private static final Pattern SECRET =
      Pattern.compile(
          "(?i)([\\w-]*(?:passw(?:or)?d|secret|token|_pw|authorization)[\\w-]*\\s*[=:]\\s*)\\S+(?:\\s+\\S{12,})?");
  private static final Pattern CONTROL = Pattern.compile("\\e\\[[0-9;]*[A-Za-z]|\\p{Cntrl}");

  private LastWords() {}

  static String of(Container container, List<String> lines, String password) {
    StringBuilder reason = new StringBuilder("The desktop ended while starting");
    reason.append(
        container.outOfMemory()
            ? " because it needed more memory than its type allows"
            : " (exit code %d)".formatted(container.exitCode()));
    String gist = gist(lines, password);
    return gist.isEmpty() ? reason + "." : reason + ". Its last words: " + gist;
  }

  private static String gist(List<String> lines, String password) {
    String last =
        String.join(" / ", lines.subList(Math.max(0, lines.size() - LINES), lines.size()));
    String clean = CONTROL.matcher(last).replaceAll("").replace(password, "***");
    String safe = SECRET.matcher(clean).replaceAll("$1***");
    return safe.length() <= MAX_LENGTH ? safe : "…" + safe.substring(safe.length() - MAX_LENGTH);
  }
}
