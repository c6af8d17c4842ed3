package io.berth.common;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The one path segment under {@code /desktop/} that addresses a desktop: {@code
 * alice-ubuntu-vscode}.
 *
 * <p>It can't be taken apart again ({@code alice} with {@code dev-vscode} and {@code alice-dev}
 * with {@code vscode} make the same path): the database keeps one live row per path, and who owns a
 * path is what that row says.
 */
public record ProxyPath(String value) {

  /** The prefix of every desktop's address. */
  public static final String PREFIX = "/desktop/";

  private static final int MAX_LENGTH = Slug.MAX_LENGTH + 1 + DesktopTypeName.MAX_LENGTH;
  private static final Pattern CANONICAL = Pattern.compile("[a-z0-9][a-z0-9-]*-[a-z0-9-]*[a-z0-9]");

  public ProxyPath {
    if (!isCanonical(value)) {
      throw new IllegalArgumentException("not a desktop's path: {username}-{desktop-type}");
    }
  }

  /** The path of a person's desktop of a type. */
  public static ProxyPath of(Slug owner, DesktopTypeName type) {
    return new ProxyPath(owner.value() + "-" + type.value());
  }

  /** The path that {@code segment} is, or nothing: no decoding, no case folding. */
  public static Optional<ProxyPath> parse(String segment) {
    return isCanonical(segment) ? Optional.of(new ProxyPath(segment)) : Optional.empty();
  }

  /** Whether this path may belong to the person with this slug; the database decides who has it. */
  public boolean mayBelongTo(Slug slug) {
    return value.length() > slug.value().length() + 1
        && value.startsWith(slug.value())
        && value.charAt(slug.value().length()) == '-';
  }

  /** The address on the edge, without a trailing slash: {@code /desktop/alice-ubuntu-vscode}. */
  public String address() {
    return PREFIX + value;
  }

  private static boolean isCanonical(String value) {
    return value.length() <= MAX_LENGTH && CANONICAL.matcher(value).matches();
  }

  @Override
  public String toString() {
    return value;
  }
}
