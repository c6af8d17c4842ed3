package io.berth.proxy.http;

import io.berth.common.DesktopCookie;
import io.berth.common.LoginCookie;
import io.berth.common.OwnVisit;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * The cookies of one request, told apart into the platform's own and the rest. Every copy in every
 * spelling is the platform's: what a browser or an attacker doubles never reaches a desktop.
 */
public final class Cookies {

  private static final int MOST_COPIES = 8;

  private Cookies() {}

  /** Values of every cookie of this exact name, in the order sent, at most eight. */
  public static List<String> named(String name, HttpHeaders headers) {
    return named(name, headers.getAll(HttpHeaderNames.COOKIE));
  }

  static List<String> named(String name, List<String> headers) {
    List<String> values = new ArrayList<>(1);
    for (String header : headers) {
      if (!header.contains(name)) {
        continue;
      }
      for (String pair : header.split(";", -1)) {
        int equals = pair.indexOf('=');
        if (equals > 0 && pair.substring(0, equals).trim().equals(name)) {
          String value = unquoted(pair.substring(equals + 1).trim());
          if (!value.isEmpty() && values.size() < MOST_COPIES) {
            values.add(value);
          }
        }
      }
    }
    return values;
  }

  /** The Cookie header without the platform's cookies, or an empty string. */
  static String withoutOurs(List<String> headers) {
    return without(Cookies::isOurs, headers);
  }

  /** The Cookie header without the cookies that prove a login, or an empty string. */
  public static String withoutLogins(HttpHeaders headers) {
    return without(pair -> isLogin(nameOf(pair)), headers.getAll(HttpHeaderNames.COOKIE));
  }

  private static String without(Predicate<String> left, List<String> headers) {
    StringBuilder kept = new StringBuilder();
    for (String header : headers) {
      for (String pair : header.split(";", -1)) {
        String trimmed = pair.trim();
        if (!trimmed.isEmpty() && !left.test(trimmed)) {
          kept.append(kept.isEmpty() ? "" : "; ").append(trimmed);
        }
      }
    }
    return kept.toString();
  }

  /**
   * Whether {@code name=value} is the platform's. A nameless cookie {@code =berth=…} counts too:
   * browsers send it as {@code berth=…}; so does {@code ,berth=…}, since servers skip the comma.
   */
  public static boolean isOurs(String pair) {
    String name = nameOf(pair);
    return isLogin(name) || OwnVisit.isCookie(name);
  }

  private static boolean isLogin(String name) {
    return LoginCookie.isOurs(name) || DesktopCookie.isOurs(name);
  }

  private static String nameOf(String pair) {
    String rest = pair.trim();
    while (rest.startsWith("=") || rest.startsWith(",")) {
      rest = rest.substring(1).trim();
    }
    int equals = rest.indexOf('=');
    return unquoted((equals < 0 ? rest : rest.substring(0, equals)).trim());
  }

  private static String unquoted(String value) {
    boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
    return quoted ? value.substring(1, value.length() - 1) : value;
  }
}
