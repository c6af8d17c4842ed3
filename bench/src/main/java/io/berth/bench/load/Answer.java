package io.berth.bench.load;

import io.berth.bench.upstream.Content;
import io.berth.bench.upstream.Head;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/** Reads one answer after the other from a connection and checks each. */
final class Answer {

  private static final int LONGEST_HEAD = 32_768;

  private final int expectedLength;
  private @Nullable ByteBuf partOfHead;
  private int left;
  private boolean last;

  Answer(int expectedLength) {
    this.expectedLength = expectedLength;
  }

  /** Takes what came and releases it; true when the answer is complete. */
  boolean complete(ByteBuf received) {
    ByteBuf bytes = received;
    if (left == 0) {
      if (partOfHead != null) {
        bytes = Unpooled.wrappedBuffer(partOfHead, received);
        partOfHead = null;
      }
      Head head = Head.at(bytes);
      if (head == null) {
        if (bytes.readableBytes() > LONGEST_HEAD) {
          throw new WrongAnswer("a head without end");
        }
        partOfHead = bytes;
        return false;
      }
      check(head);
      bytes.skipBytes(head.length());
      left = expectedLength;
    }
    try {
      return body(bytes);
    } finally {
      bytes.release();
    }
  }

  private void check(Head head) {
    String length = head.field("content-length");
    if (head.status() != 200 || length == null || Integer.parseInt(length) != expectedLength) {
      throw new WrongAnswer(
          "status %d and length %s instead of 200 and %d"
              .formatted(head.status(), length, expectedLength));
    }
    last = head.closes();
  }

  private boolean body(ByteBuf bytes) {
    int came = bytes.readableBytes();
    if (came == 0) {
      return false;
    }
    if (came > left) {
      throw new WrongAnswer((came - left) + " bytes after the answer's end");
    }
    if (left == expectedLength && bytes.getByte(bytes.readerIndex()) != Content.FIRST) {
      throw new WrongAnswer("the body starts with other bytes");
    }
    left -= came;
    if (left > 0) {
      return false;
    }
    if (bytes.getByte(bytes.writerIndex() - 1) != Content.LAST) {
      throw new WrongAnswer("the body ends with other bytes");
    }
    return true;
  }

  /** Whether the connection ends after the answer that was read. */
  boolean wasLast() {
    return last;
  }
}
