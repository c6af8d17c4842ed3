package io.berth.bench.upstream;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The first line and the fields of a message, still as bytes: most need a look at a few only. */
public final class Head {

  private final ByteBuf bytes;
  private final int start;
  private final int end;

  private Head(ByteBuf bytes, int start, int end) {
    this.bytes = bytes;
    this.start = start;
    this.end = end;
  }

  /** The head at the start of what was received, or nothing before its empty line is there. */
  public static @Nullable Head at(ByteBuf received) {
    int from = received.readerIndex();
    int to = received.writerIndex();
    for (int at = from; ; ) {
      int newline = received.indexOf(at, to, (byte) '\n');
      if (newline < 0) {
        return null;
      }
      if (newline - at == 1 && newline > from + 1) {
        return new Head(received, from, newline + 1);
      }
      at = newline + 1;
    }
  }

  /** With the empty line, in bytes. */
  public int length() {
    return end - start;
  }

  /** Whether this is a GET of an address that ends so; a query does not count. */
  boolean gets(String suffix) {
    if (bytes.getByte(start) != 'G') {
      return false;
    }
    int space = bytes.indexOf(start + 4, end, (byte) ' ');
    int query = bytes.indexOf(start + 4, space, (byte) '?');
    int to = query < 0 ? space : query;
    int from = to - suffix.length();
    if (from < start + 4) {
      return false;
    }
    for (int i = 0; i < suffix.length(); i++) {
      if (bytes.getByte(from + i) != suffix.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** An answer's status. */
  public int status() {
    return (bytes.getByte(start + 9) - '0') * 100
        + (bytes.getByte(start + 10) - '0') * 10
        + (bytes.getByte(start + 11) - '0');
  }

  /** Whether its sender ends the connection after this message. */
  public boolean closes() {
    String connection = field("connection");
    return connection != null && connection.toLowerCase(Locale.ROOT).contains("close");
  }

  /** A field's value; its name in lower case. */
  public @Nullable String field(String name) {
    int at = bytes.indexOf(start, end, (byte) '\n') + 1;
    while (at < end) {
      int newline = bytes.indexOf(at, end, (byte) '\n');
      if (newline < 0) {
        return null;
      }
      if (isNamed(at, name)) {
        int value = at + name.length() + 1;
        return bytes.toString(value, newline - value, StandardCharsets.ISO_8859_1).strip();
      }
      at = newline + 1;
    }
    return null;
  }

  private boolean isNamed(int at, String name) {
    if (at + name.length() >= end || bytes.getByte(at + name.length()) != ':') {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      if ((bytes.getByte(at + i) | 0x20) != name.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
