package io.berth.common;

/**
 * Names of the cookies that a desktop's own origin has in isolated-origin mode. Both are host-only:
 * neither the portal nor another desktop is ever sent one.
 */
public final class DesktopCookie {

  /** How long an entry may take, sign-in at the identity provider included. */
  public static final int ENTRY_SECONDS = 600;

  private static final String TOKEN = "berth-desktop";
  private static final String ENTRY = "berth-entry";
  private static final String HOST_ONLY = "__Host-";

  private DesktopCookie() {}

  /** Of the cookie with the token that opens this desktop. */
  public static String tokenName(boolean https) {
    return https ? HOST_ONLY + TOKEN : TOKEN;
  }

  /** Of the cookie that ties an entry under way to the browser that began it. */
  public static String entryName(boolean https) {
    return https ? HOST_ONLY + ENTRY : ENTRY;
  }

  /** Whether a cookie of this name is the platform's own, over whichever scheme. */
  public static boolean isOurs(String cookieName) {
    for (String name : new String[] {TOKEN, ENTRY}) {
      if (cookieName.equalsIgnoreCase(name) || cookieName.equalsIgnoreCase(HOST_ONLY + name)) {
        return true;
      }
    }
    return false;
  }
}
