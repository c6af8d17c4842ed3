package io.berth.proxy.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a request must be before anything is decided about it: one host, one way to tell where its
 * body ends, a method that a proxy may pass (RFC 9110, RFC 9112 section 6).
 */
public final class RequestRules {

  private static final Set<String> REFUSED_METHODS = Set.of("CONNECT", "TRACE", "TRACK");
  private static final int LONGEST_HOST = 262;
  private static final int LONGEST_LENGTH = 18;

  private RequestRules() {}

  /** What is wrong with a request's head, or null. */
  public static @Nullable RefusedRequest check(HttpRequest request) {
    if (request.decoderResult().isFailure()) {
      return unreadable(request.decoderResult().cause());
    }
    HttpVersion version = request.protocolVersion();
    if (!version.equals(HttpVersion.HTTP_1_1) && !version.equals(HttpVersion.HTTP_1_0)) {
      return new RefusedRequest(HttpResponseStatus.HTTP_VERSION_NOT_SUPPORTED, "use HTTP/1.1");
    }
    if (REFUSED_METHODS.contains(request.method().name())) {
      return new RefusedRequest(
          HttpResponseStatus.METHOD_NOT_ALLOWED, "this method is not allowed");
    }
    String fault = faultOfHost(request);
    if (fault == null) {
      fault = faultOfFraming(request);
    }
    return fault == null ? null : new RefusedRequest(HttpResponseStatus.BAD_REQUEST, fault);
  }

  /** Whether a body follows a head that is in order. */
  static boolean announcesBody(HttpRequest request) {
    HttpHeaders headers = request.headers();
    if (headers.contains(HttpHeaderNames.TRANSFER_ENCODING)) {
      return true;
    }
    String length = headers.get(HttpHeaderNames.CONTENT_LENGTH);
    return length != null && !length.chars().allMatch(c -> c == '0');
  }

  private static RefusedRequest unreadable(Throwable cause) {
    return switch (cause) {
      case TooLongHttpLineException e ->
          new RefusedRequest(HttpResponseStatus.REQUEST_URI_TOO_LONG, "the address is too long");
      case TooLongHttpHeaderException e ->
          new RefusedRequest(
              HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "the headers are too large");
      default -> new RefusedRequest(HttpResponseStatus.BAD_REQUEST, "the request can't be read");
    };
  }

  private static @Nullable String faultOfHost(HttpRequest request) {
    List<String> hosts = request.headers().getAll(HttpHeaderNames.HOST);
    if (hosts.size() != 1) {
      return hosts.isEmpty() ? "no Host header" : "more than one Host header";
    }
    String host = hosts.getFirst();
    if (host.isEmpty() || host.length() > LONGEST_HOST) {
      return "a Host header that can't be one";
    }
    for (int i = 0; i < host.length(); i++) {
      char c = host.charAt(i);
      boolean letterOrDigit = c < 0x80 && Character.isLetterOrDigit(c);
      if (!letterOrDigit && "-._:[]".indexOf(c) < 0) {
        return "a Host header that can't be one";
      }
    }
    return null;
  }

  private static @Nullable String faultOfFraming(HttpRequest request) {
    HttpHeaders headers = request.headers();
    List<String> codings = headers.getAll(HttpHeaderNames.TRANSFER_ENCODING);
    List<String> lengths = headers.getAll(HttpHeaderNames.CONTENT_LENGTH);
    if (!codings.isEmpty()) {
      boolean chunked = codings.size() == 1 && codings.getFirst().equalsIgnoreCase("chunked");
      if (!chunked
          || !lengths.isEmpty()
          || !request.protocolVersion().equals(HttpVersion.HTTP_1_1)) {
        return "a body whose end is ambiguous";
      }
      return null;
    }
    if (lengths.size() > 1) {
      return "more than one Content-Length";
    }
    if (lengths.size() == 1) {
      String length = lengths.getFirst();
      if (length.isEmpty()
          || length.length() > LONGEST_LENGTH
          || !length.chars().allMatch(c -> c >= '0' && c <= '9')) {
        return "a Content-Length that is no number";
      }
    }
    return null;
  }
}
