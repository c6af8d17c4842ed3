package io.berth.proxy.tunnel;

import io.berth.common.Problem;
import io.berth.proxy.http.Exchange;
import io.berth.proxy.http.Site;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Both opening handshakes of a tunnel, checked as RFC 6455 section 4 says. */
final class Handshake {

  private static final String ACCEPT_SALT = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  private static final int KEY_BYTES = 16;

  private Handshake() {}

  /** What is wrong with a client's handshake, or null. */
  static @Nullable Problem faultOf(Exchange exchange, Site site) {
    HttpHeaders headers = exchange.request().headers();
    List<String> origins = headers.getAll("Origin");
    // A browser always says its origin. Without one, a cookie proves nothing about who asks.
    if (origins.size() != 1 || !origins.getFirst().equalsIgnoreCase(site.origin())) {
      return Problem.of(
          "foreign-origin",
          "Not from here",
          403,
          "A desktop's connection may be opened only by a page of this site.",
          "Open the desktop at its own address.");
    }
    if (!List.of("13").equals(headers.getAll("Sec-WebSocket-Version"))) {
      return Problem.of(
          "websocket-version", "Upgrade needed", 426, "Only version 13 is spoken.", "Use it.");
    }
    boolean proper =
        exchange.request().method().equals(HttpMethod.GET)
            && exchange.request().protocolVersion().equals(HttpVersion.HTTP_1_1)
            && names(headers, "Connection", "upgrade")
            && headers.getAll("Upgrade").size() == 1
            && "websocket".equalsIgnoreCase(headers.get("Upgrade"))
            && isKey(headers.getAll("Sec-WebSocket-Key"))
            && !exchange.hasBody();
    return proper
        ? null
        : Problem.of(
            "bad-handshake",
            "No proper WebSocket handshake",
            400,
            "The opening handshake is not as RFC 6455 wants it.",
            "Check what stands between the browser and Berth.");
  }

  private static boolean isKey(List<String> keys) {
    if (keys.size() != 1) {
      return false;
    }
    try {
      return Base64.getDecoder().decode(keys.getFirst()).length == KEY_BYTES;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** Whether a desktop's 101 answers this very handshake. */
  static boolean isAnswer(HttpResponse response, HttpHeaders request) {
    HttpHeaders headers = response.headers();
    String protocol = headers.get("Sec-WebSocket-Protocol");
    String extensions = headers.get("Sec-WebSocket-Extensions");
    return response.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS)
        && "websocket".equalsIgnoreCase(headers.get("Upgrade"))
        && names(headers, "Connection", "upgrade")
        && List.of(accept(request.get("Sec-WebSocket-Key")))
            .equals(headers.getAll("Sec-WebSocket-Accept"))
        && (protocol == null || names(request, "Sec-WebSocket-Protocol", protocol))
        && (extensions == null || request.contains("Sec-WebSocket-Extensions"));
  }

  private static String accept(String key) {
    try {
      MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
      byte[] digest = sha1.digest((key + ACCEPT_SALT).getBytes(StandardCharsets.US_ASCII));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-1", e);
    }
  }

  private static boolean names(HttpHeaders headers, String header, String word) {
    String wanted = word.toLowerCase(Locale.ROOT);
    return headers.getAll(header).stream()
        .flatMap(value -> Arrays.stream(value.split(",", -1)))
        .anyMatch(item -> item.trim().toLowerCase(Locale.ROOT).equals(wanted));
  }
}
