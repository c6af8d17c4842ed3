package io.berth.auth.address;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The local address that a browser goes to after sign-in, {@code /desktop/alice-ubuntu-vscode}.
 *
 * <p>Browsers read {@code //host}, {@code /\host} and paths with tabs or line ends in them as other
 * origins (WHATWG URL), and intermediaries decode; so an address is taken only if it is plainly
 * local however often it is decoded. Anything else is the front page.
 */
public record ReturnTo(String address) {

  /** Where people go who did not say. */
  public static final ReturnTo FRONT_PAGE = new ReturnTo("/");

  /** Longest address; it travels encrypted in a cookie, and browsers drop cookies above 4 KiB. */
  public static final int MAX_LENGTH = 1600;

  private static final int DECODINGS = 4;
  private static final Pattern PRINTABLE_ASCII = Pattern.compile("[!-\\[\\]-~]*");
  private static final Pattern DOT_SEGMENT = Pattern.compile("/\\.{1,2}(/|$)");

  /** The address if it is plainly local, else the front page. */
  public static ReturnTo checked(String address) {
    return isLocal(address) ? new ReturnTo(address) : FRONT_PAGE;
  }

  /** Whether a browser that is sent to this address stays here. */
  public static boolean isLocal(String address) {
    if (address.length() > MAX_LENGTH || !PRINTABLE_ASCII.matcher(address).matches()) {
      return false;
    }
    String path = List.of(address.split("[?#]", 2)).getFirst();
    for (int i = 0; i < DECODINGS; i++) {
      if (!isLocalPath(path)) {
        return false;
      }
      String decoded;
      try {
        decoded = URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
      } catch (IllegalArgumentException e) {
        return false;
      }
      if (decoded.equals(path)) {
        return true;
      }
      path = decoded;
    }
    return false;
  }

  /** Not ours under /auth either: a sign-in that returns to the sign-in never ends. */
  private static boolean isLocalPath(String path) {
    return path.startsWith("/")
        && !path.startsWith("//")
        && path.indexOf('\\') < 0
        && path.chars().noneMatch(Character::isISOControl)
        && !DOT_SEGMENT.matcher(path).find()
        && !path.equals("/auth")
        && !path.startsWith("/auth/");
  }
}
