package io.berth.proxy.forward;

import io.berth.proxy.http.Cookies;
import io.berth.proxy.http.FreshHeaders;
import io.berth.proxy.http.HopByHop;
import io.berth.proxy.http.Site;
import io.berth.proxy.route.Route;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a browser hears of a desktop's answer. Whatever would reach beyond the desktop's own prefix,
 * or beyond its own origin, is narrowed or left out.
 */
public final class DesktopAnswer {

  private static final Set<String> LEFT_OUT =
      Set.of(
          "clear-site-data",
          "strict-transport-security",
          "public-key-pins",
          "alt-svc",
          "www-authenticate",
          "report-to",
          "reporting-endpoints",
          "nel",
          "origin-agent-cluster",
          "set-login");

  /** Others could lay their pages over a desktop's, and have a person's clicks meant for them. */
  private static final String FRAMED_BY_ITSELF_ONLY = "frame-ancestors 'self'";

  private DesktopAnswer() {}

  /** The headers that go to the browser. */
  public static HttpHeaders headers(HttpHeaders original, ServedDesktop desktop) {
    HttpHeaders headers = FreshHeaders.empty();
    Set<String> hopByHop = HopByHop.namesIn(original);
    for (Map.Entry<String, String> header : original) {
      String lower = header.getKey().toLowerCase(Locale.ROOT);
      if (hopByHop.contains(lower) || LEFT_OUT.contains(lower)) {
        continue;
      }
      // At an origin of its own, all that a service worker can take over is the desktop's.
      if (lower.equals("service-worker-allowed") && !desktop.isAlone()) {
        continue;
      }
      switch (lower) {
        case "location", "content-location" ->
            headers.add(header.getKey(), location(header.getValue(), desktop));
        case "set-cookie" -> {
          String narrowed = narrowed(header.getValue(), desktop);
          if (narrowed != null) {
            headers.add(header.getKey(), narrowed);
          }
        }
        default -> headers.add(header.getKey(), header.getValue());
      }
    }
    if (desktop.isAlone()) {
      headers.add("Content-Security-Policy", FRAMED_BY_ITSELF_ONLY);
    }
    return headers;
  }

  /** An address of the desktop's own as the browser must ask for it. */
  static String location(String location, ServedDesktop desktop) {
    Site site = desktop.site();
    Route route = desktop.route();
    String path = location;
    String lower = location.toLowerCase(Locale.ROOT);
    for (String own :
        List.of(
            site.origin(),
            "http://" + site.authority(),
            "https://" + site.authority(),
            "http://" + route.upstream(),
            "https://" + route.upstream())) {
      if (lower.equals(own)) {
        path = "/";
      } else if (lower.startsWith(own + "/")) {
        path = location.substring(own.length());
      }
    }
    boolean absolutePath = path.startsWith("/") && !path.startsWith("//");
    if (!absolutePath || !route.stripPrefix() || isBelow(path, desktop.prefix())) {
      return path;
    }
    return desktop.prefix() + path;
  }

  /**
   * A cookie that stays on the desktop's host and below its prefix, or null if it has no business
   * at all.
   */
  static @Nullable String narrowed(String cookie, ServedDesktop desktop) {
    String[] parts = cookie.split(";", -1);
    String pair = parts[0].trim();
    String lower = pair.toLowerCase(Locale.ROOT);
    // A nameless cookie is sent back as its value alone, which may look like any other cookie.
    boolean wholeOrigin = lower.startsWith("__host-") && !desktop.isAlone();
    if (Cookies.isOurs(pair) || pair.indexOf('=') <= 0 || wholeOrigin) {
      return null;
    }
    List<String> kept = new ArrayList<>();
    kept.add(pair);
    String path = "/";
    for (int i = 1; i < parts.length; i++) {
      String attribute = parts[i].trim();
      String name = attribute.toLowerCase(Locale.ROOT);
      if (name.startsWith("path")) {
        int equals = attribute.indexOf('=');
        path = equals < 0 ? "/" : attribute.substring(equals + 1).trim();
      } else if (!name.startsWith("domain") && !attribute.isEmpty()) {
        kept.add(attribute);
      }
    }
    String inside = path.startsWith("/") ? path : "/";
    boolean prefixed = isBelow(inside, desktop.prefix()) && !inside.contains("..");
    kept.add("Path=" + (prefixed ? inside : desktop.prefix() + inside));
    return String.join("; ", kept);
  }

  private static boolean isBelow(String path, String prefix) {
    return path.equals(prefix) || path.startsWith(prefix + "/") || path.startsWith(prefix + "?");
  }
}
