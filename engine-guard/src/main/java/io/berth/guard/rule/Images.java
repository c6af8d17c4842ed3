package io.berth.guard.rule;

import java.util.List;
import java.util.regex.Pattern;

/** The images that may be pulled and run. */
public final class Images {

  private static final Pattern REFERENCE =
      Pattern.compile(
          "([a-z0-9][a-z0-9._/:-]*?)(?::([A-Za-z0-9_][A-Za-z0-9_.-]*))?(?:@sha256:[a-f0-9]{64})?");

  private final List<Pattern> allowed;
  private final String words;

  /** Names without tag; {@code *} at the end stands for anything but a slash. */
  public Images(List<String> names) {
    this.words = String.join(", ", names);
    this.allowed =
        names.stream()
            .map(name ->
                name.endsWith("*")
                    ? Pattern.compile(
                        Pattern.quote(name.substring(0, name.length() - 1)) + "[a-z0-9._-]+")
                    : Pattern.compile(Pattern.quote(name)))
            .toList();
  }

  /** Refuses all but an allowed image, by name, with or without tag and digest. */
  public String require(String reference) throws Refused {
    var parts = REFERENCE.matcher(reference);
    if (!parts.matches()
        || reference.contains("..")
        || allowed.stream().noneMatch(each -> each.matcher(parts.group(1)).matches())) {
      throw new Refused(
          "the image %s is none of berth.guard.images (%s)".formatted(reference, words));
    }
    return reference;
  }
}
