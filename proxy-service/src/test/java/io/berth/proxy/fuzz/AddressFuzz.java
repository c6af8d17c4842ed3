package io.berth.proxy.fuzz;

import io.berth.proxy.forward.ServedDesktop;
import io.berth.proxy.http.RequestTarget;
import io.berth.proxy.http.Site;
import io.berth.proxy.route.Route;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The path that is authorised is the path that is forwarded, however an upstream reads it. */
public final class AddressFuzz {

  static final String DESKTOP = "/desktop/alice-ubuntu";
  static final Site SITE = Site.at(URI.create("http://berth.test"));
  static final Route ROUTE =
      new Route(
          "alice-ubuntu",
          1,
          "11111111-1111-4111-8111-111111111111",
          new Route.Address("127.0.0.1", 7000, true, false),
          Route.basic("kasm_user", "secret12"),
          "",
          true,
          List.of("/api/"));

  private AddressFuzz() {}

  public static void fuzzerTestOneInput(byte[] data) {
    String raw = new String(data, StandardCharsets.ISO_8859_1);
    RequestTarget.Reading reading =
        RequestTarget.read(raw, "berth.test", RequestTarget.ROUTED_SEGMENTS);
    if (reading instanceof RequestTarget.Reading.Clean(RequestTarget target)) {
      holds(target);
    }
  }

  private static void holds(RequestTarget target) {
    String full = target.full();
    for (int i = 0; i < full.length(); i++) {
      char c = full.charAt(i);
      if (c <= ' ' || c >= 0x7f || c == '#') {
        throw new AssertionError("could end a request line: " + full);
      }
    }
    String resolved = resolved(target.path());
    boolean authorised = isBelow(target.path(), DESKTOP);
    if (isBelow(resolved, DESKTOP) != authorised) {
      throw new AssertionError(target.path() + " is read as " + resolved);
    }
    for (String part : new String[] {"/auth", "/idp", "/api", "/q"}) {
      if (isBelow(resolved, part) != target.isBelow(part.substring(1))) {
        throw new AssertionError(target.path() + " is read as " + resolved);
      }
    }
    if (authorised) {
      forwardedAsAuthorised(target, resolved);
    }
  }

  private static void forwardedAsAuthorised(RequestTarget target, String resolved) {
    String forwarded = ServedDesktop.at(SITE, ROUTE).target(target);
    if (forwarded.isEmpty()) {
      return; // Longer than a desktop reads: refused.
    }
    int mark = forwarded.indexOf('?');
    String path = mark < 0 ? forwarded : forwarded.substring(0, mark);
    String inside = resolved.substring(DESKTOP.length());
    if (!path.startsWith("/") || !resolved(path).equals(inside.isEmpty() ? "/" : inside)) {
      throw new AssertionError(target.path() + " became " + forwarded);
    }
  }

  private static boolean isBelow(String path, String prefix) {
    return path.equals(prefix) || path.startsWith(prefix + "/");
  }

  /** As the most obliging server would read it: decoded, either slash, parameters off, dots out. */
  private static String resolved(String path) {
    StringBuilder decoded = new StringBuilder();
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c == '%') {
        decoded.append((char) Integer.parseInt(path.substring(i + 1, i + 3), 16));
        i += 2;
      } else {
        decoded.append(c);
      }
    }
    Deque<String> kept = new ArrayDeque<>();
    String[] segments = decoded.toString().replace('\\', '/').substring(1).split("/", -1);
    for (String segment : segments) {
      int parameters = segment.indexOf(';');
      String name = parameters < 0 ? segment : segment.substring(0, parameters);
      if (name.equals("..")) {
        kept.pollLast();
      } else if (!name.equals(".")) {
        kept.addLast(segment);
      }
    }
    return "/" + String.join("/", kept);
  }
}
