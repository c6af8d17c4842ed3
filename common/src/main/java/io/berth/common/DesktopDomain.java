package io.berth.common;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The domain below which each desktop has an origin of its own, {@code
 * http://alice-ubuntu-vscode.desktops.localhost:5006}: isolated-origin mode. Without one, desktops
 * share the portal's origin and differ by path only.
 *
 * @param scheme the portal's
 * @param name the domain, lower case
 * @param port a colon and the portal's port, or empty for the scheme's own
 */
public record DesktopDomain(String scheme, String name, String port) {

  /** The configuration key that every service has it from. */
  public static final String KEY = "berth.desktop-domain";

  private static final Pattern ORIGIN =
      Pattern.compile("(https?)://(\\[[^]]+]|[^/:]+)((?::[0-9]+)?)");
  private static final int LONGEST_HOST = 253;
  private static final int LONGEST_LABEL = 63;
  private static final Pattern NAME =
      Pattern.compile("[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*");
  private static final Pattern LAST_LABEL_OF_AN_ADDRESS = Pattern.compile("(?:.*\\.)?[0-9]+");

  /**
   * The domain beside a portal at {@code portalOrigin} (as an Origin header says it), or none if
   * {@code name} is empty.
   *
   * @throws IllegalArgumentException if it is no domain's name, or the portal's own host could be
   *     taken for a desktop's
   */
  public static Optional<DesktopDomain> of(String portalOrigin, Optional<String> name) {
    return name.map(String::strip)
        .filter(domain -> !domain.isEmpty())
        .map(domain -> beside(portalOrigin, domain.toLowerCase(Locale.ROOT)));
  }

  private static DesktopDomain beside(String portalOrigin, String domain) {
    Matcher portal = ORIGIN.matcher(portalOrigin);
    if (!portal.matches()) {
      throw new IllegalArgumentException("no origin: " + portalOrigin);
    }
    if (!NAME.matcher(domain).matches()
        || LAST_LABEL_OF_AN_ADDRESS.matcher(domain).matches()
        || LONGEST_LABEL + 1 + domain.length() > LONGEST_HOST) {
      throw new IllegalArgumentException(
          "%s is \"%s\": write a domain's name only, such as desktops.example.com"
              .formatted(KEY, domain));
    }
    if (isAtOrBelow(portal.group(2), domain)) {
      throw new IllegalArgumentException(
          "%s is \"%s\", which covers the portal at %s: give desktops a domain of their own"
              .formatted(KEY, domain, portal.group(2)));
    }
    return new DesktopDomain(portal.group(1), domain, portal.group(3));
  }

  /** A desktop's host as a Host header says it. */
  public String hostOf(ProxyPath desktop) {
    return desktop.value() + "." + name + port;
  }

  /** A desktop's origin, {@code https://alice-ubuntu-vscode.desktops.example.com}. */
  public String originOf(ProxyPath desktop) {
    return scheme + "://" + hostOf(desktop);
  }

  /** A desktop's address with {@code {path}} where its name goes. */
  public String pattern() {
    return scheme + "://{path}." + name + port + "/";
  }

  /** The desktop at a host exactly as browsers write it; nothing for any other spelling. */
  public Optional<ProxyPath> desktopAt(String host) {
    String end = "." + name + port;
    return host.endsWith(end)
        ? ProxyPath.parse(host.substring(0, host.length() - end.length()))
        : Optional.empty();
  }

  /** Whether a host, in whatever spelling and on whatever port, is the domain or below it. */
  public boolean covers(String host) {
    int colon = host.indexOf(':');
    return isAtOrBelow(colon < 0 ? host : host.substring(0, colon), name);
  }

  private static boolean isAtOrBelow(String host, String domain) {
    String plain = host.toLowerCase(Locale.ROOT).replaceAll("\\.+$", "");
    return plain.equals(domain) || plain.endsWith("." + domain);
  }
}
