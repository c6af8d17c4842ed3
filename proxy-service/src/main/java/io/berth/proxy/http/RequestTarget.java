package io.berth.proxy.http;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The path and query of a request, checked so that what is authorised is what is forwarded: no dot
 * segments, no encoded separators, no ambiguity that an upstream could read in another way.
 *
 * @param path starts with one slash, still percent-encoded as it came
 * @param query without its question mark, or null
 */
public record RequestTarget(String path, @Nullable String query) {

  /**
   * As many first segments choose the destination at the portal: only their plain spelling counts.
   */
  public static final int ROUTED_SEGMENTS = 2;

  private static final String DOUBLED_DESKTOP = "//desktop/";

  /** What a request line's target is. */
  public sealed interface Reading {
    /** Safe to decide on and to forward as it stands. */
    record Clean(RequestTarget target) implements Reading {}

    /** Not to be touched. */
    record Refused(String reason) implements Reading {}
  }

  /**
   * Reads a request target.
   *
   * @param host what an absolute form must agree with
   * @param routed how many first segments choose the destination
   */
  public static Reading read(String raw, String host, int routed) {
    String target = raw;
    if (!target.startsWith("/")) {
      String authority = absoluteAuthority(target);
      if (authority == null || !authority.equalsIgnoreCase(host)) {
        return new Reading.Refused("the request target does not match the host");
      }
      int slash = target.indexOf('/', target.indexOf("://") + 3);
      target = slash < 0 ? "/" : target.substring(slash);
    }
    for (int i = 0; i < target.length(); i++) {
      char c = target.charAt(i);
      if (c <= ' ' || c >= 0x7f || c == '#') {
        return new Reading.Refused("a character that is not allowed in an address");
      }
    }
    // Kasm's client joins "/" and its path setting: //desktop/… is meant as /desktop/….
    if (target.startsWith(DOUBLED_DESKTOP)) {
      target = target.substring(1);
    }
    int mark = target.indexOf('?');
    String path = mark < 0 ? target : target.substring(0, mark);
    String query = mark < 0 ? null : target.substring(mark + 1);
    String fault = faultOf(path, routed);
    return fault == null
        ? new Reading.Clean(new RequestTarget(path, query))
        : new Reading.Refused(fault);
  }

  private static @Nullable String absoluteAuthority(String target) {
    String lower = target.toLowerCase(Locale.ROOT);
    if (!lower.startsWith("http://") && !lower.startsWith("https://")) {
      return null;
    }
    int start = target.indexOf("://") + 3;
    int end = start;
    while (end < target.length() && "/?#".indexOf(target.charAt(end)) < 0) {
      end++;
    }
    return target.substring(start, end);
  }

  private static @Nullable String faultOf(String path, int routed) {
    int start = 1;
    int index = 0;
    while (start <= path.length()) {
      int end = path.indexOf('/', start);
      boolean last = end < 0;
      String segment = path.substring(start, last ? path.length() : end);
      if (segment.isEmpty() && !last) {
        return "an empty path segment";
      }
      String fault = faultOfSegment(segment, index, routed);
      if (fault != null) {
        return fault;
      }
      if (last) {
        return null;
      }
      start = end + 1;
      index++;
    }
    return null;
  }

  private static @Nullable String faultOfSegment(String segment, int index, int routed) {
    int parameters = segment.indexOf(';');
    String name = parameters < 0 ? segment : segment.substring(0, parameters);
    if (name.equals(".") || name.equals("..")) {
      return "a dot segment";
    }
    if (parameters >= 0 && index < routed) {
      return "a path parameter where the address is routed";
    }
    for (int i = 0; i < segment.length(); i++) {
      char c = segment.charAt(i);
      if (c == '\\') {
        return "a backslash in the path";
      }
      if (c == '%') {
        if (index == 0 && routed > 0) {
          return "an encoded character where the address is routed";
        }
        int decoded = decode(segment, i);
        if (decoded < 0x20
            || decoded == 0x7f
            || decoded == '.'
            || decoded == '/'
            || decoded == '\\') {
          return "an encoded character that is not allowed in a path";
        }
        i += 2;
      }
    }
    return null;
  }

  private static int decode(String text, int at) {
    if (at + 2 >= text.length()) {
      return -1;
    }
    int high = Character.digit(text.charAt(at + 1), 16);
    int low = Character.digit(text.charAt(at + 2), 16);
    return high < 0 || low < 0 ? -1 : high << 4 | low;
  }

  /** Whether the path is this segment or lies below it: {@code isBelow("api")}, never /apiX. */
  public boolean isBelow(String segment) {
    int end = segment.length() + 1;
    return path.startsWith(segment, 1) && (path.length() == end || path.charAt(end) == '/');
  }

  /** Path and query as they go into a request line. */
  public String full() {
    return query == null ? path : path + '?' + query;
  }
}
