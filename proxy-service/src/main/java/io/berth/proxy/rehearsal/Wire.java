package io.berth.proxy.rehearsal;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * One end of a connection, blocking: the rehearsal's own code must leave no trace in what the JVM
 * learns of Netty.
 */
final class Wire implements AutoCloseable {

  private static final int BUFFER = 64 * 1024;
  private static final int PATIENCE_MILLIS = 10_000;
  private static final int BINARY = 0x82;
  private static final int MASKED = 0x80;
  private static final int TWO_BYTES = 126;
  private static final int EIGHT_BYTES = 127;
  private static final int MASK = 4;

  private final Socket socket;
  private final DataInputStream in;
  private final OutputStream out;
  private final byte[] rubbish = new byte[BUFFER];

  Wire(Socket socket) throws IOException {
    this.socket = socket;
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(PATIENCE_MILLIS);
    in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), BUFFER));
    out = socket.getOutputStream();
  }

  void send(byte[] bytes) throws IOException {
    out.write(bytes);
  }

  void send(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** The next head without the empty line after it; empty at the connection's end. */
  String head() throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        return "";
      }
      head.append((char) next);
    }
    return head.substring(0, head.length() - 2);
  }

  /** Reads the body that this head announces. */
  void skipBody(String head) throws IOException {
    if (has(head, "\r\ntransfer-encoding: chunked\r\n")) {
      int length;
      do {
        length = Integer.parseInt(line(), 16);
        skip(length);
        line();
      } while (length > 0);
    } else {
      String lower = head.toLowerCase(Locale.ROOT);
      int field = lower.indexOf("\r\ncontent-length: ");
      if (field >= 0) {
        int from = field + "\r\ncontent-length: ".length();
        skip(Integer.parseInt(head.substring(from, head.indexOf('\r', from))));
      }
    }
  }

  static boolean has(String head, String lowerCase) {
    return head.toLowerCase(Locale.ROOT).contains(lowerCase);
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("in the middle of a line");
      }
      line.append((char) next);
    }
    return line.toString().trim();
  }

  private void skip(long bytes) throws IOException {
    long left = bytes;
    while (left > 0) {
      int read = in.read(rubbish, 0, (int) Math.min(left, rubbish.length));
      if (read < 0) {
        throw new EOFException("in the middle of a body");
      }
      left -= read;
    }
  }

  /** Reads one WebSocket frame; the length of its payload, or -1 at the connection's end. */
  long frame() throws IOException {
    if (in.read() < 0) {
      return -1;
    }
    int second = in.readUnsignedByte();
    long length = second & (MASKED - 1);
    if (length == TWO_BYTES) {
      length = in.readUnsignedShort();
    } else if (length == EIGHT_BYTES) {
      length = in.readLong();
    }
    skip(length + ((second & MASKED) == 0 ? 0 : MASK));
    return length;
  }

  /** A binary frame of so many bytes, at most 65,535; a client's are masked, with zeros. */
  static byte[] frame(int length, boolean masked) {
    int lengthBytes = length < TWO_BYTES ? 0 : 2;
    byte[] frame = new byte[2 + lengthBytes + (masked ? MASK : 0) + length];
    frame[0] = (byte) BINARY;
    frame[1] = (byte) ((lengthBytes == 0 ? length : TWO_BYTES) | (masked ? MASKED : 0));
    if (lengthBytes > 0) {
      frame[2] = (byte) (length >> 8);
      frame[3] = (byte) length;
    }
    return frame;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
