package io.berth.proxy.forward;

import io.berth.proxy.http.RequestTarget;
import io.berth.proxy.http.Site;
import io.berth.proxy.route.Route;

/**
 * A desktop as browsers see it: below the portal's origin, or at an origin of its own.
 *
 * @param route how it is reached
 * @param site the origin that it is served at
 * @param prefix what stands before its paths there: {@code /desktop/alice-ubuntu}, or nothing
 */
public record ServedDesktop(Route route, Site site, String prefix) {

  /** Among others at the portal's origin. */
  public static ServedDesktop at(Site portal, Route route) {
    return new ServedDesktop(route, portal, route.address());
  }

  /** At an origin where nothing else is. */
  public static ServedDesktop alone(Site own, Route route) {
    return new ServedDesktop(route, own, "");
  }

  /** Whether no other desktop and no portal shares its origin. */
  public boolean isAlone() {
    return prefix.isEmpty();
  }

  /** Where it begins, without a trailing slash: one that keeps its prefix has it anywhere. */
  public String address() {
    return route.stripPrefix() ? prefix : route.address();
  }

  /** What its client needs on the first page, ready to use, or empty. */
  public String startQuery() {
    String query = route.startQuery();
    if (address().isEmpty()) {
      query = query.replace("desktop/{path}/", "").replace("desktop%2F{path}%2F", "");
    }
    return query.replace("{path}", route.path());
  }

  /** The target on the desktop's side, or an empty string if it is longer than a desktop reads. */
  public String target(RequestTarget asked) {
    String path = asked.path();
    if (route.stripPrefix()) {
      path = path.substring(prefix.length());
    }
    if (path.isEmpty()) {
      path = "/";
    }
    String full = asked.query() == null ? path : path + '?' + asked.query();
    return full.length() > DesktopRequest.LONGEST_FIELD ? "" : full;
  }
}
