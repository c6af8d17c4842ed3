package io.berth.proxy.fuzz;

import io.berth.common.DesktopCookie;
import io.berth.common.LoginCookie;
import io.berth.proxy.forward.DesktopAnswer;
import io.berth.proxy.forward.ServedDesktop;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.cookie.ClientCookieDecoder;
import io.netty.handler.codec.http.cookie.Cookie;
import java.nio.charset.StandardCharsets;

/** A desktop sets no cookie but its own, and none for anybody else's pages. */
public final class CookieFuzz {

  private static final ServedDesktop DESKTOP =
      ServedDesktop.at(AddressFuzz.SITE, AddressFuzz.ROUTE);

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
    Cookie cookie = ClientCookieDecoder.LAX.decode(set);
    if (cookie != null) {
      // Browsers compare paths as text (RFC 6265 section 5.1.4): dots lead nowhere.
      boolean below =
          cookie.path() != null
              && (cookie.path().equals(AddressFuzz.DESKTOP)
                  || cookie.path().startsWith(AddressFuzz.DESKTOP + "/"));
      if (isOurs(cookie.name()) || cookie.domain() != null || !below) {
        throw new AssertionError("a cookie that reaches beyond its desktop: " + set);
      }
    }
  }

  static boolean isOurs(String name) {
    return LoginCookie.isOurs(name) || DesktopCookie.isOurs(name);
  }
}
