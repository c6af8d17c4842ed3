package io.berth.bench.load;

import io.berth.bench.upstream.Content;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A plain blocking connection: one request, its answer, the next. */
public final class OneConnection implements AutoCloseable {

  private static final int LONGEST_HEAD = 32_768;
  private static final int LONGEST_BODY = 1 << 20;

  private final Socket socket;
  private final InputStream in;

  /** Connects, with so much patience for each answer. */
  public OneConnection(Target target, int timeoutMillis) throws IOException {
    socket = new Socket();
    try {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(timeoutMillis);
      socket.connect(target.address(), timeoutMillis);
      in = new BufferedInputStream(socket.getInputStream(), 16_384);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /** What came back. */
  public enum Reply {
    /** The small answer, whole. */
    RIGHT,
    /** Something else, read to its end; the connection serves on. */
    OTHER
  }

  /**
   * Sends a request for {@link Content#SMALL} and reads the answer.
   *
   * @throws IOException if the connection ended, or its answer has no length to read by
   */
  public Reply ask(byte[] request) throws IOException {
    socket.getOutputStream().write(request);
    String head = head();
    int length = length(head);
    if (length > LONGEST_BODY) {
      throw new IOException("an answer of " + length + " bytes");
    }
    byte[] body = in.readNBytes(length);
    if (body.length < length) {
      throw new EOFException("the answer ended early");
    }
    return head.startsWith("HTTP/1.1 200 ")
            && length == Content.SMALL_LENGTH
            && body[0] == Content.FIRST
            && body[length - 1] == Content.LAST
        ? Reply.RIGHT
        : Reply.OTHER;
  }

  private String head() throws IOException {
    StringBuilder head = new StringBuilder(512);
    while (head.length() < LONGEST_HEAD) {
      int next = in.read();
      if (next < 0) {
        throw new EOFException("the connection ended");
      }
      head.append((char) next);
      if (next == '\n' && head.length() > 3 && head.charAt(head.length() - 3) == '\n') {
        return head.toString();
      }
    }
    throw new IOException("a head without end");
  }

  private static int length(String head) throws IOException {
    String name = "\ncontent-length:";
    int at = head.toLowerCase(Locale.ROOT).indexOf(name);
    if (at < 0) {
      throw new IOException("an answer without length: " + head.lines().findFirst().orElse(""));
    }
    return Integer.parseInt(head.substring(at + name.length(), head.indexOf('\n', at + 1)).strip());
  }

  /** A request's bytes, for messages. */
  static String firstLine(byte[] request) {
    return new String(request, StandardCharsets.US_ASCII).lines().findFirst().orElse("");
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
