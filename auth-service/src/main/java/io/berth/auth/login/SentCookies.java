package io.berth.auth.login;

import io.netty.handler.codec.http.cookie.Cookie;
import io.netty.handler.codec.http.cookie.ServerCookieDecoder;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;

/**
 * The cookies of a request, all copies of a name: a page of another origin may have added one, and
 * Vert.x itself keeps only one of them.
 */
public final class SentCookies {

  private SentCookies() {}

  /** The values of every cookie of this name, in the order sent. */
  public static List<String> named(String name, HttpServerRequest request) {
    return request.headers().getAll("Cookie").stream()
        .map(ServerCookieDecoder.STRICT::decodeAll)
        .flatMap(List::stream)
        .filter(cookie -> cookie.name().equals(name))
        .map(Cookie::value)
        .toList();
  }
}
