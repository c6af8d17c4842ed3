package io.berth.common;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What may travel in an address in place of an entry cookie's value: its SHA-256, from which the
 * value can't be told. A ticket that carries it opens a desktop in the browser with that cookie
 * only, so that nobody can be let into a desktop, or signed in as somebody else, by a link.
 */
public record EntryProof(String value) {

  private static final Pattern BASE64_OF_256_BITS = Pattern.compile("[A-Za-z0-9_-]{43}");

  /** The proof of a cookie's value. */
  public static EntryProof of(String cookie) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(cookie.getBytes(StandardCharsets.US_ASCII));
      return new EntryProof(Base64.getUrlEncoder().withoutPadding().encodeToString(hash));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is in every JVM", e);
    }
  }

  /** The proof that {@code text} is, or nothing. */
  public static Optional<EntryProof> parse(String text) {
    return is256Bits(text) ? Optional.of(new EntryProof(text)) : Optional.empty();
  }

  /** Whether a text is 256 bits in base64url: an entry cookie's value, a proof, a ticket. */
  public static boolean is256Bits(String text) {
    return BASE64_OF_256_BITS.matcher(text).matches();
  }
}
