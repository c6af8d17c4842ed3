package io.berth.bench.load;

import io.berth.bench.upstream.Content;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/** A small binary frame with a number in it, as sent (masked) and as it must come back. */
final class EchoFrame {

  /** A pointer event or a small screen update, in bytes. */
  static final int PAYLOAD = 64;

  /** Length of the frame that comes back, in bytes. */
  static final int RETURNED = 2 + PAYLOAD;

  private static final long FILL = 0x4265_7274_6842_6572L;
  private static final int LONGS = PAYLOAD / Long.BYTES;

  private EchoFrame() {}

  static ByteBuf sent(ByteBufAllocator allocator, long number) {
    int mask = (int) (number * 0x9E37_79B9L) | 1;
    long wide = ((long) mask << 32) | (mask & 0xFFFF_FFFFL);
    ByteBuf frame = allocator.directBuffer(6 + PAYLOAD);
    frame.writeByte(Content.BINARY).writeByte(0x80 | PAYLOAD).writeInt(mask);
    frame.writeLong(number ^ wide);
    for (int i = 1; i < LONGS; i++) {
      frame.writeLong(FILL ^ wide);
    }
    return frame;
  }

  /** Whether the next bytes are this number's frame, unmasked. */
  static boolean isReturned(ByteBuf bytes, long number) {
    int at = bytes.readerIndex();
    boolean right =
        (bytes.getByte(at) & 0xff) == Content.BINARY
            && bytes.getByte(at + 1) == PAYLOAD
            && bytes.getLong(at + 2) == number;
    for (int i = 1; right && i < LONGS; i++) {
      right = bytes.getLong(at + 2 + i * Long.BYTES) == FILL;
    }
    return right;
  }
}
