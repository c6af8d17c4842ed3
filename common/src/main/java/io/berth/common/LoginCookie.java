package io.berth.common;

/** The name of the cookie that carries a login token. */
public final class LoginCookie {

  /** Over plain http. */
  public static final String PLAIN = "berth";

  /** Over https: the prefix makes browsers refuse it from subdomains and without Secure, Path=/. */
  public static final String SECURE = "__Host-berth";

  private LoginCookie() {}

  /** The name for a public address, {@code http://…} or {@code https://…}. */
  public static String nameFor(String publicUrl) {
    return publicUrl.startsWith("https://") ? SECURE : PLAIN;
  }

  /** Whether a cookie of this name is the platform's own, over whichever scheme. */
  public static boolean isOurs(String cookieName) {
    return cookieName.equalsIgnoreCase(PLAIN) || cookieName.equalsIgnoreCase(SECURE);
  }
}
