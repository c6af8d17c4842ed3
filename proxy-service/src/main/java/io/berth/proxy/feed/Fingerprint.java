package io.berth.proxy.feed;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One short word for a set of words, the same here and in PostgreSQL: two sides can tell that they
 * hold the same without sending it.
 */
public final class Fingerprint {

  private Fingerprint() {}

  /**
   * An SQL aggregate of the same.
   *
   * @param word an expression of type text
   */
  public static String sql(String word) {
    String sorted = "string_agg(%1$s, ',' ORDER BY (%1$s) COLLATE \"C\")".formatted(word);
    return "encode(sha256(convert_to(coalesce(%s, ''), 'UTF8')), 'hex')".formatted(sorted);
  }

  /** The fingerprint of words in any order. */
  public static String of(Stream<String> words) {
    String sorted = words.sorted().collect(Collectors.joining(","));
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha256.digest(sorted.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }
}
