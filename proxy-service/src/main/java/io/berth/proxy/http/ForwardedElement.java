package io.berth.proxy.http;

import io.netty.util.NetUtil;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the nearest proxy says in Forwarded (RFC 7239): the last element, since those before it may
 * be the client's.
 *
 * @param client an IP address, or null if it is not told or hidden
 * @param host the host that the client asked for, or null
 */
record ForwardedElement(@Nullable String client, @Nullable String host) {

  /** Reads the header's lines. */
  static ForwardedElement nearest(List<String> lines) {
    String client = null;
    String host = null;
    for (String pair : parts(parts(String.join(",", lines), ',').getLast(), ';')) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        String name = pair.substring(0, equals).trim().toLowerCase(Locale.ROOT);
        String value = unquoted(pair.substring(equals + 1).trim());
        if (name.equals("for")) {
          client = address(value);
        } else if (name.equals("host")) {
          host = value;
        }
      }
    }
    return new ForwardedElement(client, host);
  }

  /** Split at a character that stands outside of quotes. */
  private static List<String> parts(String text, char at) {
    List<String> parts = new ArrayList<>();
    boolean quoted = false;
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && quoted) {
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == at && !quoted) {
        parts.add(text.substring(start, i));
        start = i + 1;
      }
    }
    parts.add(text.substring(start));
    return parts;
  }

  private static String unquoted(String value) {
    boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
    return quoted ? value.substring(1, value.length() - 1).replace("\\", "") : value;
  }

  /** {@code 192.0.2.1:4711} and {@code [2001:db8::1]:4711} without their ports. */
  private static @Nullable String address(String node) {
    String address = node;
    int bracket = node.indexOf(']');
    if (node.startsWith("[") && bracket > 0) {
      address = node.substring(1, bracket);
    } else if (node.indexOf(':') == node.lastIndexOf(':') && node.indexOf(':') > 0) {
      address = node.substring(0, node.indexOf(':'));
    }
    boolean known = NetUtil.isValidIpV4Address(address) || NetUtil.isValidIpV6Address(address);
    return known ? address : null;
  }
}
