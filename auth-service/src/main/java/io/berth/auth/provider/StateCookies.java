package io.berth.auth.provider;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import java.util.ArrayList;
import java.util.List;

/**
 * Lets quarkus-oidc see the one state cookie that belongs to a callback, and nothing else of its
 * own.
 *
 * <p>Pages of desktops share Berth's origin in path mode and can plant cookies here. A planted
 * {@code q_session} would win over the code that comes back, again and again; hundreds of {@code
 * q_auth_…} would make requests too large.
 */
public class StateCookies {

  static final String SESSION = "q_session";
  private static final String STATE = "q_auth";

  /** Sign-ins that may be under way in one browser, in as many tabs. */
  private static final int UNDER_WAY = 8;

  /** Early: before anything has looked at the cookies. */
  private static final int PRIORITY = 1000;

  void register(@Observes Filters filters) {
    filters.register(StateCookies::filter, PRIORITY);
  }

  private static void filter(RoutingContext context) {
    HttpServerRequest request = context.request();
    String state = request.getParam("state");
    String wanted =
        CodeFlow.CALLBACK_PATH.equals(request.path()) && state != null ? STATE + "_" + state : "";
    List<String> kept = new ArrayList<>();
    List<String> foreign = new ArrayList<>();
    List<String> others = new ArrayList<>();
    for (String pair : pairs(request.headers())) {
      String name = pair.substring(0, Math.max(0, pair.indexOf('='))).strip();
      if (name.startsWith(SESSION)) {
        foreign.add(name);
      } else if (!name.startsWith(STATE) || name.equals(wanted)) {
        kept.add(pair);
      } else {
        others.add(name);
      }
    }
    if (!foreign.isEmpty() || !others.isEmpty()) {
      request.headers().set("Cookie", String.join("; ", kept));
    }
    if (others.size() >= UNDER_WAY) {
      foreign.addAll(others);
    }
    foreign.forEach(name -> drop(context, name));
    context.next();
  }

  private static List<String> pairs(MultiMap headers) {
    List<String> pairs = new ArrayList<>();
    for (String header : headers.getAll("Cookie")) {
      for (String pair : header.split(";", -1)) {
        if (!pair.isBlank()) {
          pairs.add(pair.strip());
        }
      }
    }
    return pairs;
  }

  private static void drop(RoutingContext context, String name) {
    context
        .response()
        .addCookie(Cookie.cookie(name, "").setPath("/auth").setHttpOnly(true).setMaxAge(0));
  }
}
