package io.berth.proxy.fuzz;

import io.berth.common.DesktopCookie;
import io.berth.common.LoginCookie;
import io.berth.proxy.forward.DesktopAnswer;
import io.berth.proxy.forward.ServedDesktop;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeaders;
import java.nio.charset.StandardCharsets;

/** A desktop sets no cookie but its own, and none for anybody else's pages. */
public final class CookieFuzz {

  private static final ServedDesktop DESKTOP =
      ServedDesktop.at(AddressFuzz.SITE, AddressFuzz.ROUTE);

  private static final int DESKTOP_LENGTH = AddressFuzz.DESKTOP.length();

  private CookieFuzz() {}

  public static void fuzzerTestOneInput(byte[] data) {
    HttpHeaders answer =
        DefaultHttpHeadersFactory.headersFactory().withValidation(false).newHeaders();
    answer.add("Set-Cookie", new String(data, StandardCharsets.ISO_8859_1));
    for (String set : DesktopAnswer.headers(answer, DESKTOP).getAll("Set-Cookie")) {
      holds(set);
    }
  }

  private static void holds(String set) {
    String pair = set.split(";", -1)[0].trim();
    int equals = pair.indexOf('=');
    String name = equals < 0 ? "" : pair.substring(0, equals).trim();
    if (name.isEmpty() || isOurs(name)) {
      throw new AssertionError("a cookie that is not the desktop's: " + set);
    }
    // As browsers read the rest (RFC 6265 section 5.2): the last of a name counts, paths are text.
    String path = "";
    String[] attributes = set.split(";", -1);
    for (int i = 1; i < attributes.length; i++) {
      String[] attribute = attributes[i].split("=", 2);
      String key = stripped(attribute[0]);
      if (key.equalsIgnoreCase("Domain")) {
        throw new AssertionError("a cookie for a whole domain: " + set);
      }
      if (key.equalsIgnoreCase("Path")) {
        path = attribute.length == 2 ? stripped(attribute[1]) : "";
      }
    }
    String inside = path.startsWith(AddressFuzz.DESKTOP) ? path.substring(DESKTOP_LENGTH) : "no";
    if (!inside.isEmpty() && !inside.startsWith("/") && !inside.startsWith("?")) {
      throw new AssertionError("a cookie that reaches beyond its desktop: " + set);
    }
  }

  private static String stripped(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && " \t".indexOf(text.charAt(start)) >= 0) {
      start++;
    }
    while (end > start && " \t".indexOf(text.charAt(end - 1)) >= 0) {
      end--;
    }
    return text.substring(start, end);
  }

  static boolean isOurs(String name) {
    return LoginCookie.isOurs(name) || DesktopCookie.isOurs(name);
  }
}
