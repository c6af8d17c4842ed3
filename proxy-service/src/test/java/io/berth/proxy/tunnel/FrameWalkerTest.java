package io.berth.proxy.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameWalkerTest {

  /** Writes down what it is shown, asking for every third byte. */
  private static final class Notes implements FrameWalker.Looker {
    final List<String> notes = new ArrayList<>();

    @Override
    public long began(long length, boolean whole, boolean plain) {
      notes.add("began %d %b %b".formatted(length, whole, plain));
      return 0;
    }

    @Override
    public long saw(int value, long offset) {
      notes.add(offset + "=" + value);
      return offset < 9 ? offset + 3 : NOTHING;
    }
  }

  private record Shown(Set<Integer> boundaries, List<String> notes) {}

  private static Shown walk(byte[] bytes, Random splits, int longestPiece) {
    Notes notes = new Notes();
    FrameWalker walker = new FrameWalker(notes);
    Set<Integer> boundaries = new TreeSet<>();
    int at = 0;
    while (at < bytes.length) {
      int piece = Math.min(bytes.length - at, 1 + splits.nextInt(longestPiece));
      walker.walk(Unpooled.wrappedBuffer(bytes, at, piece));
      at += piece;
      if (walker.atBoundary()) {
        boundaries.add(at);
      }
    }
    assertThat(walker.isLost()).isFalse();
    return new Shown(boundaries, notes.notes);
  }

  /** A conversation of every kind of frame, and where its frames end. */
  private static byte[] conversation(long seed, Set<Integer> ends) {
    Random random = new Random(seed);
    Frames frames = new Frames(seed);
    for (int i = 0; i < 60; i++) {
      int length =
          switch (random.nextInt(6)) {
            case 0 -> 0;
            case 1 -> 125 + random.nextInt(3);
            case 2 -> 65_534 + random.nextInt(4);
            default -> random.nextInt(40);
          };
      switch (random.nextInt(4)) {
        case 0 -> frames.plain(Frames.BINARY, length);
        case 1 -> frames.masked(Frames.TEXT, length, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
        case 2 -> frames.masked(Frames.PING, length % 126);
        default -> {
          frames.masked(Frames.BINARY_TO_BE_CONTINUED, length, 5, 6);
          ends.add(frames.size());
          frames.plain(Frames.PING, 3);
          ends.add(frames.size());
          frames.plain(Frames.CONTINUED, length);
          ends.add(frames.size());
          frames.masked(Frames.LAST, 7);
        }
      }
      ends.add(frames.size());
    }
    return frames.bytes();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void everyFrameEndsWhereItEndsHoweverTheBytesAreCut(long seed) {
    Set<Integer> ends = new TreeSet<>();
    byte[] bytes = conversation(seed, ends);

    Shown one = walk(bytes, new Random(seed), 1);

    assertThat(one.boundaries).isEqualTo(ends);
    for (int longest : new int[] {2, 7, 100, 70_000, 10_000_000}) {
      Shown many = walk(bytes, new Random(seed), longest);
      assertThat(ends).containsAll(many.boundaries);
      assertThat(many.notes).isEqualTo(one.notes);
    }
  }

  @Test
  void aDataMessageShowsItsBytesUnmaskedAndAControlFrameOrAContinuationShowsNone() {
    Frames frames =
        Frames.of()
            .masked(Frames.PING, 5, 9, 9)
            .masked(Frames.BINARY_TO_BE_CONTINUED, 5, 50, 51, 52, 53)
            .plain(Frames.PING, 4)
            .masked(Frames.LAST, 5, 9, 9)
            .masked(0xc2, 4, 60)
            .masked(Frames.TEXT, 0);

    Shown shown = walk(frames.bytes(), new Random(1), 1_000);

    assertThat(shown.notes)
        .containsExactly("began 5 false true", "0=50", "3=53", "began 4 true false", "0=60", "3=0");
  }

  @Test
  void theNextBoundaryIsFoundWithinABufferAndNotBeyond() {
    byte[] two = Frames.of().plain(Frames.BINARY, 300).plain(Frames.BINARY, 20).bytes();
    FrameWalker walker = new FrameWalker();
    walker.walk(Unpooled.wrappedBuffer(two, 0, 3));

    assertThat(walker.walkToBoundary(Unpooled.wrappedBuffer(two, 3, 100))).isEqualTo(-1);
    ByteBuf rest = Unpooled.wrappedBuffer(two, 103, two.length - 103);
    assertThat(walker.walkToBoundary(rest)).isEqualTo(304 - 103);
    assertThat(walker.atBoundary()).isTrue();
    assertThat(rest.readerIndex()).isZero();
  }

  @Test
  void aCloseFrameIsRemembered() {
    FrameWalker walker = new FrameWalker();
    walker.walk(Frames.of().plain(Frames.BINARY, 3).buffer());
    assertThat(walker.sawClose()).isFalse();
    walker.walk(Frames.of().plain(Frames.CLOSE, 2).buffer());
    assertThat(walker.sawClose()).isTrue();
  }

  static List<Frames> malformed() {
    return List.of(
        Frames.of().raw(0x83, 0),
        Frames.of().raw(0x8b, 0),
        Frames.of().plain(Frames.PING, 126),
        Frames.of().raw(0x09, 0),
        Frames.of().plain(Frames.LAST, 3),
        Frames.of().plain(Frames.BINARY_TO_BE_CONTINUED, 3).plain(Frames.BINARY, 3),
        Frames.of().raw(0x82, 127, 0xff, 0, 0, 0, 0, 0, 0, 0));
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void whatIsNoWebSocketIsGivenUpForGood(Frames malformed) {
    FrameWalker walker = new FrameWalker();
    walker.walk(malformed.buffer());

    assertThat(walker.isLost()).isTrue();
    walker.walk(Frames.of().plain(Frames.BINARY, 3).buffer());
    assertThat(walker.atBoundary()).isFalse();
    assertThat(walker.walkToBoundary(Frames.of().plain(Frames.BINARY, 3).buffer())).isEqualTo(-1);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void anyBytesAtAllAreWalkedOver(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 2_000; i++) {
      byte[] bytes = new byte[random.nextInt(300)];
      random.nextBytes(bytes);
      Notes notes = new Notes();
      FrameWalker walker = new FrameWalker(notes);
      walker.walk(Unpooled.wrappedBuffer(bytes));
      int boundary = walker.walkToBoundary(Unpooled.wrappedBuffer(bytes));
      assertThat(boundary).isBetween(-1, bytes.length);
    }
  }
}
