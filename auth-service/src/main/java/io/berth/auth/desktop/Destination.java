package io.berth.auth.desktop;

import io.berth.auth.address.ReturnTo;
import io.berth.common.ProxyPath;
import java.util.Optional;

/**
 * A place in a desktop.
 *
 * @param desktop which
 * @param inside path and query on its own host; one slash first
 */
record Destination(ProxyPath desktop, String inside) {

  /** The place that an address on the portal names, {@code /desktop/{path}/…}, or none. */
  static Optional<Destination> at(String address) {
    if (!address.startsWith(ProxyPath.PREFIX) || !ReturnTo.isLocal(address)) {
      return Optional.empty();
    }
    int end = ProxyPath.PREFIX.length();
    while (end < address.length() && "/?#".indexOf(address.charAt(end)) < 0) {
      end++;
    }
    String rest = address.substring(end);
    return ProxyPath.parse(address.substring(ProxyPath.PREFIX.length(), end))
        .map(desktop -> new Destination(desktop, inside(rest)));
  }

  private static String inside(String rest) {
    if (rest.startsWith("//")) {
      return "/";
    }
    return rest.startsWith("/") ? rest : "/" + rest;
  }

  /** The same as an address on the portal. */
  String portalAddress() {
    return desktop.address() + inside;
  }
}
