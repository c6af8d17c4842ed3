package io.berth.launcher.installation;

import java.security.SecureRandom;

/** Makes passwords that people can type and that pass everywhere unescaped. */
public final class Passwords {

  /**
   * No letters that look alike; no characters that a shell, a URL or SQL would take for its own.
   */
  private static final String ALPHABET = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";

  private static final SecureRandom RANDOM = new SecureRandom();

  private Passwords() {}

  /** A random password; 32 characters carry about 185 bits, 14 about 80. */
  public static String random(int length) {
    StringBuilder password = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      password.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
    }
    return password.toString();
  }
}
