package io.berth.proxy.tunnel;

import io.berth.proxy.activity.DesktopWatch;

/**
 * Tells a person at a desktop from a tab that is merely open, by what the client's messages begin
 * with (RFC 6143 section 7.5): keys and the pointer are input. A message may hold several of RFB's;
 * those of fixed length are stepped over. The opening of an RFB connection is not input, whatever
 * its bytes.
 */
final class ClientMessages implements FrameWalker.Looker {

  private static final int SET_PIXEL_FORMAT = 0;
  private static final int SET_ENCODINGS = 2;
  private static final int UPDATE_REQUEST = 3;
  private static final int KEY = 4;
  private static final int POINTER = 5;
  private static final int CONTINUOUS_UPDATES = 150;
  private static final int FENCE = 248;
  private static final int QEMU = 255;
  private static final int QEMU_KEY = 0;

  private static final int KEY_BYTES = 8;

  /** RFB's own; Kasm's and noVNC's with more buttons are longer. */
  private static final int POINTER_BYTES = 6;

  private static final int QEMU_KEY_BYTES = 12;
  private static final int VERSION_BYTES = 12;

  /** Messages of at most this many bytes are keep-alives and acknowledgements. */
  private static final int SMALL = 16;

  /** More messages than any security type needs: then the opening was not understood. */
  private static final int LONGEST_OPENING = 16;

  private enum Speech {
    UNKNOWN,
    RFB_OPENING,
    RFB,
    OTHER
  }

  private final DesktopWatch watch;
  private Speech speech = Speech.UNKNOWN;
  private int openingMessages;
  private long length;
  private boolean whole;
  private boolean afterQemu;

  ClientMessages(DesktopWatch watch) {
    this.watch = watch;
  }

  @Override
  public long began(long firstLength, boolean isWhole, boolean plain) {
    length = firstLength;
    whole = isWhole;
    afterQemu = false;
    if (!plain) {
      speech = Speech.OTHER;
      work();
      return NOTHING;
    }
    return 0;
  }

  @Override
  public long saw(int value, long offset) {
    if (speech == Speech.UNKNOWN) {
      boolean version = value == 'R' && length == VERSION_BYTES && whole;
      speech = version ? Speech.RFB_OPENING : Speech.OTHER;
    }
    if (speech == Speech.RFB_OPENING && !endsOpening(value)) {
      return NOTHING;
    }
    if (afterQemu) {
      return value == QEMU_KEY && has(QEMU_KEY_BYTES, offset - 1) ? input() : NOTHING;
    }
    return switch (value) {
      case KEY -> has(KEY_BYTES, offset) ? input() : other();
      case POINTER -> has(POINTER_BYTES, offset) ? input() : other();
      case QEMU -> {
        afterQemu = speech == Speech.RFB;
        yield afterQemu ? offset + 1 : other();
      }
      default -> speech == Speech.RFB ? rfb(value, offset) : other();
    };
  }

  /** RFB's own traffic is nobody's work: it goes on in a tab that nobody looks at. */
  private long rfb(int type, long offset) {
    return switch (type) {
      case SET_PIXEL_FORMAT -> offset + 20;
      case UPDATE_REQUEST, CONTINUOUS_UPDATES -> offset + 10;
      case SET_ENCODINGS, FENCE -> NOTHING;
      default -> other();
    };
  }

  /** The first of these comes when version, security and ClientInit are through. */
  private boolean endsOpening(int type) {
    openingMessages++;
    boolean over =
        ((type == SET_PIXEL_FORMAT || type == SET_ENCODINGS) && length > SMALL)
            || (type == UPDATE_REQUEST && length == 10)
            || openingMessages > LONGEST_OPENING;
    if (over) {
      speech = Speech.RFB;
    }
    return over;
  }

  private boolean has(int bytes, long offset) {
    return length - offset >= bytes || !whole;
  }

  private long input() {
    watch.input();
    return NOTHING;
  }

  private long other() {
    work();
    return NOTHING;
  }

  private void work() {
    if (length > SMALL || !whole) {
      watch.message();
    }
  }
}
