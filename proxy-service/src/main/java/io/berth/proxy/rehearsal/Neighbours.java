package io.berth.proxy.rehearsal;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** A desktop, and whatever else stands behind the edge, on one port. */
final class Neighbours implements AutoCloseable {

  static final int SMALL = 2_048;
  static final int LARGE = 1_024 * 1_024;

  /** A frame of this length asks for {@link #STREAMED} frames; any other for one like it. */
  static final int STREAM_PLEASE = 100;

  static final int STREAMED = 64;
  private static final int LARGEST_FRAME = 65_535;
  private static final String ACCEPT_SALT = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  private final ServerSocket listening;
  private final String jwks;

  Neighbours(ServerSocket listening, String jwks) {
    this.listening = listening;
    this.jwks = jwks;
    Thread.ofVirtual().start(this::accept);
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket accepted = listening.accept();
        Thread.ofVirtual().start(() -> serve(accepted));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket accepted) {
    try (Wire wire = new Wire(accepted)) {
      for (String head = wire.head(); !head.isEmpty(); head = wire.head()) {
        wire.skipBody(head);
        if (Wire.has(head, "\r\nupgrade: websocket\r\n")) {
          tunnel(wire, head);
          return;
        }
        answer(wire, head);
      }
    } catch (IOException e) {
      // The other end left: the rehearsal goes on with the next.
    }
  }

  private void answer(Wire wire, String head) throws IOException {
    String path = head.split(" ", 3)[1];
    String fields = "HTTP/1.1 200 OK\r\nDate: Thu, 01 Jan 1970 00:00:00 GMT\r\n";
    if (path.equals("/auth/jwks")) {
      wire.send(fields + "Content-Length: " + jwks.length() + "\r\n\r\n" + jwks);
    } else if (path.endsWith("/chunked")) {
      wire.send(fields + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n");
    } else {
      int length = path.endsWith("/large") ? LARGE : SMALL;
      String type = "Content-Type: application/octet-stream\r\nContent-Length: " + length;
      if (head.startsWith("HEAD ")) {
        wire.send(fields + type + "\r\n\r\n");
        return;
      }
      byte[] start = (fields + type + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1);
      byte[] answer = new byte[start.length + length];
      System.arraycopy(start, 0, answer, 0, start.length);
      wire.send(answer);
    }
  }

  private static void tunnel(Wire wire, String head) throws IOException {
    int key = head.indexOf("Sec-WebSocket-Key: ") + "Sec-WebSocket-Key: ".length();
    wire.send(
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Protocol: binary\r\nSec-WebSocket-Accept: "
            + accept(head.substring(key, head.indexOf('\r', key)))
            + "\r\n\r\n");
    for (long length = wire.frame(); length >= 0; length = wire.frame()) {
      if (length == STREAM_PLEASE) {
        byte[] frame = Wire.frame(LARGEST_FRAME, false);
        for (int i = 0; i < STREAMED; i++) {
          wire.send(frame);
        }
      } else {
        wire.send(Wire.frame((int) length, false));
      }
    }
  }

  private static String accept(String key) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-1")
              .digest((key + ACCEPT_SALT).getBytes(StandardCharsets.US_ASCII));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-1", e);
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }
}
