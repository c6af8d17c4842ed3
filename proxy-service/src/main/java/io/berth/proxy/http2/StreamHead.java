package io.berth.proxy.http2;

import io.berth.proxy.http.RefusedRequest;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValidationUtil;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http2.Http2Headers;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The head of a stream, read as the head of a request of HTTP/1.1: that is what upstreams speak, so
 * nothing may be in it that would mean something else there (RFC 9113 sections 8.2, 8.3 and 10.3).
 */
final class StreamHead {

  private static final Set<String> PSEUDO = Set.of(":method", ":scheme", ":authority", ":path");

  /** Fields that tell of one connection, which HTTP/2 has none of. */
  private static final Set<String> OF_A_CONNECTION =
      Set.of("connection", "proxy-connection", "keep-alive", "transfer-encoding", "upgrade");

  /** What a head is. */
  sealed interface Reading {
    /** A request, to be held against the rules of all requests. */
    record Request(HttpRequest request) implements Reading {}

    /** Malformed. */
    record Malformed(RefusedRequest refusal) implements Reading {}
  }

  private StreamHead() {}

  /**
   * Reads a head.
   *
   * @param longestPath longest path with its query, in bytes
   */
  static Reading read(Http2Headers head, int longestPath) {
    CharSequence path = head.path();
    String fault = faultOf(head);
    if (fault == null && path != null && path.length() > longestPath) {
      return refused(HttpResponseStatus.REQUEST_URI_TOO_LONG, "the address is too long");
    }
    if (fault != null || path == null || head.method() == null) {
      return refused(HttpResponseStatus.BAD_REQUEST, fault == null ? "no address" : fault);
    }
    HttpRequest request =
        new DefaultHttpRequest(
            HttpVersion.HTTP_1_1, HttpMethod.valueOf(head.method().toString()), path.toString());
    String host = host(head);
    if (host == null) {
      return refused(HttpResponseStatus.BAD_REQUEST, "two hosts or none");
    }
    HttpHeaders headers = request.headers();
    headers.set("Host", host);
    StringBuilder cookies = new StringBuilder();
    for (Map.Entry<CharSequence, CharSequence> field : head) {
      String name = field.getKey().toString();
      if (name.equals("cookie")) {
        // Browsers send each cookie as a field of its own; checks want to see them all at once.
        cookies.append(cookies.isEmpty() ? "" : "; ").append(field.getValue());
      } else if (name.charAt(0) != ':' && !name.equals("host")) {
        headers.add(name, field.getValue().toString());
      }
    }
    if (!cookies.isEmpty()) {
      headers.set(HttpHeaderNames.COOKIE, cookies.toString());
    }
    return new Reading.Request(request);
  }

  private static Reading refused(HttpResponseStatus status, String reason) {
    return new Reading.Malformed(new RefusedRequest(status, reason));
  }

  private static @Nullable String faultOf(Http2Headers head) {
    Set<String> pseudo = new HashSet<>();
    boolean regular = false;
    for (Map.Entry<CharSequence, CharSequence> field : head) {
      String name = field.getKey().toString();
      if (HttpHeaderValidationUtil.validateValidHeaderValue(field.getValue()) >= 0) {
        return "a field with a character that is not allowed";
      }
      if (name.startsWith(":")) {
        if (regular || !PSEUDO.contains(name) || !pseudo.add(name)) {
          return "a pseudo field out of place";
        }
        continue;
      }
      regular = true;
      String fault = faultOfName(name, field.getValue());
      if (fault != null) {
        return fault;
      }
    }
    return faultOfPseudo(head);
  }

  private static @Nullable String faultOfName(String name, CharSequence value) {
    if (name.isEmpty()
        || HttpHeaderValidationUtil.validateToken(name) >= 0
        || !name.equals(name.toLowerCase(Locale.ROOT))) {
      return "a field name that can't be one";
    }
    boolean ofAConnection =
        OF_A_CONNECTION.contains(name) || (name.equals("te") && !"trailers".contentEquals(value));
    return ofAConnection ? "a field that is for a connection of HTTP/1.1" : null;
  }

  private static @Nullable String faultOfPseudo(Http2Headers head) {
    CharSequence method = head.method();
    CharSequence path = head.path();
    if (method == null
        || method.isEmpty()
        || HttpHeaderValidationUtil.validateToken(method) >= 0
        || head.scheme() == null) {
      return "no method or no scheme";
    }
    // An absolute form, or none, would be read anew by HTTP/1.1's rules.
    if (path == null || path.isEmpty() || path.charAt(0) != '/') {
      return "no path";
    }
    boolean spaced = path.chars().anyMatch(c -> c <= ' ' || c >= 0x7f);
    return spaced ? "a character that is not allowed in an address" : null;
  }

  private static @Nullable String host(Http2Headers head) {
    CharSequence authority = head.authority();
    Set<String> hosts = new HashSet<>();
    if (authority != null) {
      hosts.add(authority.toString());
    }
    head.getAll(HttpHeaderNames.HOST).forEach(host -> hosts.add(host.toString()));
    return hosts.size() == 1 ? hosts.iterator().next() : null;
  }
}
