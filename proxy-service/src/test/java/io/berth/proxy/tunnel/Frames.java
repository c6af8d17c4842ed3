package io.berth.proxy.tunnel;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Writes frames as RFC 6455 section 5.2 draws them, and malformed ones. */
final class Frames {

  static final int TEXT = 0x81;
  static final int BINARY = 0x82;
  static final int BINARY_TO_BE_CONTINUED = 0x02;
  static final int CONTINUED = 0x00;
  static final int LAST = 0x80;
  static final int CLOSE = 0x88;
  static final int PING = 0x89;

  private final Random random;
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();

  Frames(long seed) {
    random = new Random(seed);
  }

  static Frames of() {
    return new Frames(7);
  }

  /** A client's frame, with a mask that hides every byte. */
  Frames masked(int first, byte... payload) {
    int key = random.nextInt() | 0x01010101;
    header(first, payload.length, true);
    written.writeBytes(ByteBuffer.allocate(4).putInt(key).array());
    for (int i = 0; i < payload.length; i++) {
      written.write(payload[i] ^ (key >>> (8 * (3 - i % 4))));
    }
    return this;
  }

  /** A client's frame of this many bytes, of which these are the first. */
  Frames masked(int first, int length, int... beginning) {
    byte[] payload = new byte[length];
    for (int i = 0; i < Math.min(length, beginning.length); i++) {
      payload[i] = (byte) beginning[i];
    }
    return masked(first, payload);
  }

  Frames masked(int first, String payload) {
    return masked(first, payload.getBytes(StandardCharsets.US_ASCII));
  }

  /** A desktop's frame. */
  Frames plain(int first, int length) {
    byte[] payload = new byte[length];
    random.nextBytes(payload);
    header(first, length, false);
    written.writeBytes(payload);
    return this;
  }

  Frames raw(int... bytes) {
    for (int value : bytes) {
      written.write(value);
    }
    return this;
  }

  private void header(int first, long length, boolean mask) {
    written.write(first);
    int bit = mask ? 0x80 : 0;
    if (length < 126) {
      written.write(bit | (int) length);
    } else if (length < 65_536) {
      written.write(bit | 126);
      written.writeBytes(ByteBuffer.allocate(2).putShort((short) length).array());
    } else {
      written.write(bit | 127);
      written.writeBytes(ByteBuffer.allocate(8).putLong(length).array());
    }
  }

  int size() {
    return written.size();
  }

  byte[] bytes() {
    return written.toByteArray();
  }

  ByteBuf buffer() {
    return Unpooled.wrappedBuffer(bytes());
  }
}
