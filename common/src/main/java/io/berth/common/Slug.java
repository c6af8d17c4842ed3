package io.berth.common;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A person's canonical name in addresses: lower-case ASCII letters, digits and inner hyphens, at
 * most 32 characters. One person has one slug; auth-service's database keeps it unique.
 */
public record Slug(String value) {

  /** Longest slug; with the longest desktop type a path stays within a DNS label (63). */
  public static final int MAX_LENGTH = 32;

  private static final Pattern CANONICAL =
      Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,%d}[a-z0-9])?".formatted(MAX_LENGTH - 2));
  private static final Pattern NOT_ALLOWED = Pattern.compile("[^a-z0-9]+");
  private static final Pattern OUTER_HYPHENS = Pattern.compile("^-+|-+$");

  public Slug {
    if (!isCanonical(value)) {
      throw new IllegalArgumentException(
          "not a slug: 1 to %d of a-z, 0-9 and inner hyphens".formatted(MAX_LENGTH));
    }
  }

  /** Whether {@code value} is a slug as it stands, without any normalisation. */
  public static boolean isCanonical(String value) {
    return value.length() <= MAX_LENGTH && CANONICAL.matcher(value).matches();
  }

  /**
   * Makes a slug of a provider's user name: compatibility-decomposed (so fullwidth letters and
   * accents fold to ASCII), lower-cased, every other character replaced by a hyphen. A name with
   * nothing left becomes {@code user}.
   */
  public static Slug fromUserName(String userName) {
    String folded =
        Normalizer.normalize(userName, Normalizer.Form.NFKD)
            .replaceAll("\\p{M}", "")
            .toLowerCase(Locale.ROOT);
    String hyphenated = trimHyphens(NOT_ALLOWED.matcher(folded).replaceAll("-"));
    if (hyphenated.length() > MAX_LENGTH) {
      hyphenated = trimHyphens(hyphenated.substring(0, MAX_LENGTH));
    }
    return new Slug(hyphenated.isEmpty() ? "user" : hyphenated);
  }

  /**
   * The {@code n}-th alternative to a slug that another person has: {@code alice}, {@code alice-2}.
   */
  public Slug alternative(int n) {
    String suffix = "-" + n;
    int kept = Math.min(value.length(), MAX_LENGTH - suffix.length());
    return new Slug(trimHyphens(value.substring(0, kept)) + suffix);
  }

  private static String trimHyphens(String text) {
    return OUTER_HYPHENS.matcher(text).replaceAll("");
  }

  @Override
  public String toString() {
    return value;
  }
}
