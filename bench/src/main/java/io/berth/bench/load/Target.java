package io.berth.bench.load;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A proxy's port and those who come through it. Every proxy gets the same bytes.
 *
 * @param port on 127.0.0.1
 * @param authority host and port that the requests name, whichever port is dialled
 * @param visitors who comes; the first one where one is enough
 */
public record Target(int port, String authority, List<Visitor> visitors) {

  /** The key of RFC 6455's own example; its answer is known beforehand. */
  static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";

  public Target {
    visitors = List.copyOf(visitors);
  }

  /** Where to connect. */
  public InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  /** Somebody; numbers beyond the last start again. */
  public Visitor visitor(int number) {
    return visitors.get(number % visitors.size());
  }

  /** Address of something on a visitor's desktop. */
  public static String location(Visitor visitor, String what) {
    return "/desktop/" + visitor.path() + what;
  }

  /** What a browser would send for it, less what browsers say of themselves. */
  public byte[] request(Visitor visitor, String what) {
    return ascii(
        "GET %s HTTP/1.1\r\nHost: %s\r\nAccept: */*\r\nCookie: %s\r\n\r\n"
            .formatted(location(visitor, what), authority, cookie(visitor)));
  }

  /** A WebSocket's opening handshake, as KasmVNC's client sends it. */
  public byte[] handshake(Visitor visitor, String what) {
    return ascii(
        """
        GET %s HTTP/1.1\r
        Host: %s\r
        Connection: Upgrade\r
        Upgrade: websocket\r
        Origin: http://%s\r
        Sec-WebSocket-Version: 13\r
        Sec-WebSocket-Key: %s\r
        Sec-WebSocket-Protocol: binary\r
        Cookie: %s\r
        \r
        """
            .formatted(location(visitor, what), authority, authority, KEY, cookie(visitor)));
  }

  /** The login cookie's pair. */
  public static String cookie(Visitor visitor) {
    return "berth=" + visitor.token();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
