package io.berth.common;

import java.util.regex.Pattern;

/** The name of a desktop type in the catalogue, such as {@code ubuntu-vscode}. */
public record DesktopTypeName(String value) {

  /** Longest name; with the longest {@link Slug} and a hyphen a path stays within a DNS label. */
  public static final int MAX_LENGTH = 30;

  private static final Pattern CANONICAL =
      Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,%d}[a-z0-9])?".formatted(MAX_LENGTH - 2));

  public DesktopTypeName {
    if (!isCanonical(value)) {
      throw new IllegalArgumentException(
          "not a desktop type: 1 to %d of a-z, 0-9 and inner hyphens".formatted(MAX_LENGTH));
    }
  }

  /** Whether {@code value} is a desktop type's name as it stands. */
  public static boolean isCanonical(String value) {
    return CANONICAL.matcher(value).matches();
  }

  @Override
  public String toString() {
    return value;
  }
}
