package io.berth.proxy.tunnel;

import io.netty.buffer.ByteBuf;

/**
 * Follows the frames of one direction of a tunnel (RFC 6455 section 5.2), in whatever pieces they
 * pass: where one ends, and what a message begins with. It copies and keeps nothing. What is no
 * WebSocket makes it give up; the bytes pass all the same.
 */
final class FrameWalker {

  /** Looks at single bytes of data messages; those who don't care pass none. */
  interface Looker {

    /** What {@link #began} and {@link #saw} answer to see no more of this message. */
    long NOTHING = -1;

    /**
     * A data message begins.
     *
     * @param length of its first frame, more than 0
     * @param whole whether that is all of it
     * @param plain whether its bytes are the application's: no extension has changed them
     * @return the offset of the byte to look at
     */
    long began(long length, boolean whole, boolean plain);

    /** The byte asked for, unmasked; answers the offset of the next one, further on. */
    long saw(int value, long offset);
  }

  private static final int TEXT = 1;
  private static final int BINARY = 2;
  private static final int CLOSE = 8;
  private static final int LARGEST_CONTROL = 125;

  private static final Looker NOBODY =
      new Looker() {
        @Override
        public long began(long length, boolean whole, boolean plain) {
          return NOTHING;
        }

        @Override
        public long saw(int value, long offset) {
          return NOTHING;
        }
      };

  private final Looker looker;
  private int have;
  private int need = 2;
  private int first;
  private int lengthBytes;
  private boolean masked;
  private long length;
  private int mask;
  private long payloadLeft;
  private long wanted = Looker.NOTHING;
  private boolean inMessage;
  private boolean sawClose;
  private boolean lost;

  /** Follows frames only. */
  FrameWalker() {
    this(NOBODY);
  }

  /** Follows frames and shows data messages to somebody. */
  FrameWalker(Looker looker) {
    this.looker = looker;
  }

  /** Goes on over bytes that pass. */
  void walk(ByteBuf bytes) {
    int at = bytes.readerIndex();
    int end = bytes.writerIndex();
    while (at < end && !lost) {
      at = payloadLeft > 0 ? payload(bytes, at, end) : header(bytes, at, end);
    }
  }

  /** Goes on to the next boundary; how many bytes there are to it, or -1 if it is not in these. */
  int walkToBoundary(ByteBuf bytes) {
    int at = bytes.readerIndex();
    int end = bytes.writerIndex();
    while (at < end && !lost) {
      at = payloadLeft > 0 ? payload(bytes, at, end) : header(bytes, at, end);
      if (atBoundary()) {
        return at - bytes.readerIndex();
      }
    }
    return -1;
  }

  /** Whether all that passed is whole frames, so that another may follow. */
  boolean atBoundary() {
    return payloadLeft == 0 && have == 0 && !lost;
  }

  /** Whether a Close frame has begun to pass: none may follow it. */
  boolean sawClose() {
    return sawClose;
  }

  /** Whether this is no WebSocket that it understands. */
  boolean isLost() {
    return lost;
  }

  private int payload(ByteBuf bytes, int at, int end) {
    int here = (int) Math.min(payloadLeft, end - at);
    long offset = length - payloadLeft;
    while (wanted >= offset && wanted < offset + here) {
      long asked = wanted;
      int key = mask >>> (8 * (3 - (int) (asked & 3)));
      int value = (bytes.getByte(at + (int) (asked - offset)) ^ key) & 0xff;
      long next = looker.saw(value, asked);
      wanted = next > asked ? next : Looker.NOTHING;
    }
    payloadLeft -= here;
    return at + here;
  }

  private int header(ByteBuf bytes, int from, int end) {
    int at = from;
    while (at < end && have < need) {
      int value = bytes.getByte(at++) & 0xff;
      if (have == 0) {
        first = value;
      } else if (have == 1) {
        second(value);
      } else if (have < 2 + lengthBytes) {
        length = length << 8 | value;
      } else {
        mask = mask << 8 | value;
      }
      have++;
    }
    if (have == need) {
      begin();
    }
    return at;
  }

  private void second(int value) {
    int shortLength = value & 0x7f;
    masked = value > 0x7f;
    lengthBytes = shortLength < 126 ? 0 : shortLength == 126 ? 2 : 8;
    length = lengthBytes == 0 ? shortLength : 0;
    mask = 0;
    need = 2 + lengthBytes + (masked ? 4 : 0);
  }

  private void begin() {
    have = 0;
    need = 2;
    payloadLeft = length;
    wanted = Looker.NOTHING;
    int opcode = first & 0x0f;
    boolean whole = first > 0x7f;
    switch (opcode) {
      case TEXT, BINARY -> {
        lost = inMessage || length < 0;
        inMessage = !whole;
        if (length > 0) {
          wanted = looker.began(length, whole, (first & 0x70) == 0);
        }
      }
      case 0 -> {
        lost = !inMessage || length < 0;
        inMessage = !whole;
      }
      case CLOSE, CLOSE + 1, CLOSE + 2 -> {
        lost = !whole || length > LARGEST_CONTROL || length < 0;
        sawClose |= opcode == CLOSE;
      }
      default -> lost = true;
    }
  }
}
