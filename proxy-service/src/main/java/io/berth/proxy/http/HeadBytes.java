package io.berth.proxy.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.HttpConstants;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import io.netty.util.CharsetUtil;
import java.util.Iterator;
import java.util.Map;

/** Parts of HTTP/1.1 messages as bytes. What is written here was validated when it was read. */
public final class HeadBytes {

  private static final int LINE_END = HttpConstants.CR << 8 | HttpConstants.LF;
  private static final int COLON_SPACE = HttpConstants.COLON << 8 | HttpConstants.SP;
  private static final int BETWEEN = 4;
  private static final int LONGEST_SIZE = 8;
  private static final byte[] HEX = "0123456789abcdef".getBytes(CharsetUtil.US_ASCII);

  private HeadBytes() {}

  /** Writes characters up to 0xff as one byte each. */
  public static void text(CharSequence text, ByteBuf to) {
    if (text instanceof AsciiString ascii) {
      to.writeBytes(ascii.array(), ascii.arrayOffset(), ascii.length());
    } else {
      ByteBufUtil.writeAscii(to, text);
    }
  }

  /** Writes the end of a line. */
  public static void lineEnd(ByteBuf to) {
    to.writeShort(LINE_END);
  }

  /** Writes every field. */
  public static void fields(HttpHeaders headers, ByteBuf to) {
    if (headers instanceof FlatHeaders flat) {
      for (int i = 0; i < flat.size(); i++) {
        field(flat.nameAt(i), flat.valueAt(i), to);
      }
      return;
    }
    Iterator<Map.Entry<CharSequence, CharSequence>> all = headers.iteratorCharSequence();
    while (all.hasNext()) {
      Map.Entry<CharSequence, CharSequence> field = all.next();
      field(field.getKey(), field.getValue(), to);
    }
  }

  private static void field(CharSequence name, CharSequence value, ByteBuf to) {
    to.ensureWritable(name.length() + value.length() + BETWEEN);
    text(name, to);
    to.writeShort(COLON_SPACE);
    text(value, to);
    to.writeShort(LINE_END);
  }

  /** Writes what goes before a chunk of this many bytes. */
  public static void chunkSize(int bytes, ByteBuf to) {
    to.ensureWritable(LONGEST_SIZE + 2);
    int shift = Math.max(0, (Integer.SIZE - 1 - Integer.numberOfLeadingZeros(bytes)) / 4 * 4);
    for (; shift >= 0; shift -= 4) {
      to.writeByte(HEX[bytes >>> shift & 0xf]);
    }
    to.writeShort(LINE_END);
  }
}
