package io.berth.session.container;

import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;

/** Makes the passwords of desktops, one for each container. */
@ApplicationScoped
public class DesktopPassword {

  /** What KasmVNC takes without a backslash in the way. */
  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

  private static final int LENGTH = 24;

  private final SecureRandom random = new SecureRandom();

  /** One that nobody has ever seen. */
  public String fresh() {
    return random
        .ints(LENGTH, 0, ALPHABET.length())
        .collect(
            StringBuilder::new, (text, i) -> text.append(ALPHABET.charAt(i)), StringBuilder::append)
        .toString();
  }
}
