package io.berth.proxy.edge;

import io.berth.proxy.upstream.Head;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A WebSocket client that frames by hand. */
final class WebSocket implements AutoCloseable {

  static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";
  private static final int BINARY = 0x82;
  private static final int CLOSE = 0x88;

  private final Socket socket;
  private final Head answer;
  private final DataInputStream in;

  private WebSocket(Socket socket, Head answer, DataInputStream in) {
    this.socket = socket;
    this.answer = answer;
    this.in = in;
  }

  static WebSocket open(Browser browser, String target, List<String> more) {
    return open(browser, target, more, new byte[0]);
  }

  /** Opens one, with bytes right behind the handshake. */
  static WebSocket open(Browser browser, String target, List<String> more, byte[] behind) {
    List<String> headers = new ArrayList<>(List.of("Connection: Upgrade", "Upgrade: websocket"));
    headers.addAll(
        List.of(
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: " + KEY,
            "Sec-WebSocket-Protocol: binary"));
    headers.addAll(more);
    try {
      Socket socket = browser.connect();
      byte[] head =
          (browser.head("GET", target, headers) + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
      byte[] all = new byte[head.length + behind.length];
      System.arraycopy(head, 0, all, 0, head.length);
      System.arraycopy(behind, 0, all, head.length, behind.length);
      socket.getOutputStream().write(all);
      DataInputStream in =
          new DataInputStream(new java.io.BufferedInputStream(socket.getInputStream()));
      return new WebSocket(socket, Head.read(in, 64 * 1024), in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Head answer() {
    return answer;
  }

  int status() {
    return answer.text().isEmpty() ? 0 : answer.status();
  }

  DataInputStream in() {
    return in;
  }

  WebSocket send(String text) {
    send(BINARY, text.getBytes(StandardCharsets.US_ASCII));
    return this;
  }

  void send(int firstByte, byte[] payload) {
    try {
      socket.getOutputStream().write(frame(firstByte, payload));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] frame(int firstByte, byte[] payload) {
    int extra = payload.length < 126 ? 0 : payload.length < 65_536 ? 2 : 8;
    byte[] framed = new byte[2 + extra + 4 + payload.length];
    framed[0] = (byte) firstByte;
    framed[1] = (byte) (0x80 | (extra == 0 ? payload.length : extra == 2 ? 126 : 127));
    for (int i = 0; i < extra; i++) {
      framed[1 + extra - i] = (byte) (payload.length >> (8 * Math.min(i, 3)) & (i > 3 ? 0 : 0xff));
    }
    System.arraycopy(payload, 0, framed, 2 + extra + 4, payload.length);
    return framed;
  }

  /** The payload of the next frame. */
  String receive() {
    try {
      in.readUnsignedByte();
      int length = in.readUnsignedByte();
      int size = length == 126 ? in.readUnsignedShort() : length;
      return new String(in.readNBytes(size), StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The status and reason of the Close frame behind the frames that come, or what came instead. */
  String farewell() {
    try {
      while (true) {
        int first = in.read();
        if (first < 0) {
          return "closed without a word";
        }
        int length = in.readUnsignedByte();
        long size = length == 126 ? in.readUnsignedShort() : length == 127 ? in.readLong() : length;
        if (first == CLOSE) {
          return in.readUnsignedShort()
              + " "
              + new String(in.readNBytes((int) size - 2), StandardCharsets.US_ASCII);
        }
        in.skipNBytes(size);
      }
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** Sends no more, and still reads. */
  void endOutput() {
    try {
      socket.shutdownOutput();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether the other end has closed; waits up to the limit for it. */
  boolean closedWithin(int millis) {
    try {
      socket.setSoTimeout(millis);
      long deadline = System.nanoTime() + millis * 1_000_000L;
      while (System.nanoTime() < deadline) {
        if (in.read() < 0) {
          return true;
        }
      }
      return false;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
