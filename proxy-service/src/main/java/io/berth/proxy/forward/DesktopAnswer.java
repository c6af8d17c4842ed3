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
 * What a browser hears of a desktop's answer. The desktop shares the origin with the portal and all
 * other desktops, so whatever would reach beyond its own prefix is narrowed or left out.
 */
public final class DesktopAnswer {

  private static final Set<String> LEFT_OUT =
      Set.of(
          "service-worker-allowed",
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

  private DesktopAnswer() {}

  /** The headers that go to the browser. */
  public static HttpHeaders headers(HttpHeaders original, Route route, Site site) {
    HttpHeaders headers = FreshHeaders.empty();
    Set<String> hopByHop = HopByHop.namesIn(original);
    for (Map.Entry<String, String> header : original) {
      String lower = header.getKey().toLowerCase(Locale.ROOT);
      if (hopByHop.contains(lower) || LEFT_OUT.contains(lower)) {
        continue;
      }
      switch (lower) {
        case "location", "content-location" ->
            headers.add(header.getKey(), location(header.getValue(), route, site));
        case "set-cookie" -> {
          String narrowed = narrowed(header.getValue(), route);
          if (narrowed != null) {
            headers.add(header.getKey(), narrowed);
          }
        }
        default -> headers.add(header.getKey(), header.getValue());
      }
    }
    return headers;
  }

  /** An address of the desktop's own as the browser must ask for it. */
  static String location(String location, Route route, Site site) {
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
    if (!absolutePath || !route.stripPrefix() || isBelow(path, route.address())) {
      return path;
    }
    return route.address() + path;
  }

  /** A cookie that stays below the desktop's prefix, or null if it has no business at all. */
  static @Nullable String narrowed(String cookie, Route route) {
    String[] parts = cookie.split(";", -1);
    String pair = parts[0].trim();
    String lower = pair.toLowerCase(Locale.ROOT);
    // A nameless cookie is sent back as its value alone, which may look like any other cookie.
    if (Cookies.isOurs(pair) || pair.indexOf('=') <= 0 || lower.startsWith("__host-")) {
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
    boolean prefixed = isBelow(inside, route.address()) && !inside.contains("..");
    kept.add("Path=" + (prefixed ? inside : route.address() + inside));
    return String.join("; ", kept);
  }

  private static boolean isBelow(String path, String prefix) {
    return path.equals(prefix) || path.startsWith(prefix + "/") || path.startsWith(prefix + "?");
  }
}
