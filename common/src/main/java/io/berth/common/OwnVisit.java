package io.berth.common;

import org.jspecify.annotations.Nullable;

/**
 * Whether a person comes to an address by their own doing: typed it, kept it as a bookmark,
 * followed a link of this Berth. No other site can make a browser say so. What a visit sets off by
 * itself needs it, since a request with the person's cookies is proof of nothing.
 *
 * <p>Browsers say where a navigation comes from in Sec-Fetch-Site, but only to https and localhost.
 * Elsewhere the {@link #COOKIE} tells: it is SameSite=Strict, so that it comes along with a
 * person's own visits only.
 */
public final class OwnVisit {

  /** Name of the cookie that a browser sends with a person's own visits only. */
  public static final String COOKIE = "berth-own-visit";

  /** How long a browser keeps it, in seconds: a year. */
  public static final long COOKIE_SECONDS = 365L * 24 * 3600;

  /**
   * Name of the cookie that keeps, during a sign-in, the path of the desktop that the person
   * wanted: browsers take the way back from an identity provider for another site's doing.
   */
  public static final String WANTED_COOKIE = "berth-wanted";

  /** How long a sign-in may take for its desktop to be started, in seconds. */
  public static final long WANTED_SECONDS = 600;

  private OwnVisit() {}

  /**
   * Whether the headers of a navigation tell of a person's own visit.
   *
   * @param fetchSite the header Sec-Fetch-Site
   * @param cookie the value of {@link #COOKIE}
   */
  public static boolean is(@Nullable String fetchSite, @Nullable String cookie) {
    if (fetchSite == null) {
      return cookie != null;
    }
    return fetchSite.equals("none") || fetchSite.equals("same-origin");
  }

  /** Whether a cookie of this name is one of these. */
  public static boolean isCookie(String name) {
    return name.equals(COOKIE) || name.equals(WANTED_COOKIE);
  }
}
