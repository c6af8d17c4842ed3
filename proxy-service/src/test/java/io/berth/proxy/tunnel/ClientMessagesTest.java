package io.berth.proxy.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.common.DesktopActivity;
import io.berth.proxy.activity.Activity;
import io.berth.proxy.route.Route;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientMessagesTest {

  private static final Route ROUTE =
      new Route(
          "alice-kasm",
          1,
          "alice",
          new Route.Address("127.0.0.1", 7000, true, false),
          "",
          "",
          true,
          List.of());

  private final Activity activity = new Activity();
  private final FrameWalker walker = new FrameWalker(new ClientMessages(activity.of(ROUTE)));

  private void send(Frames frames) {
    walker.walk(frames.buffer());
  }

  private void openRfb() {
    send(
        Frames.of()
            .masked(Frames.BINARY, "RFB 003.008\n")
            .masked(Frames.BINARY, 1, 1)
            .masked(Frames.BINARY, 1, 1)
            .masked(Frames.BINARY, 20, 0)
            .masked(Frames.BINARY, 64, 2)
            .masked(Frames.BINARY, 10, 3));
  }

  private String seen() {
    DesktopActivity.Seen seen = activity.seenBy("proxy-1", route -> true).desktops().getFirst();
    return (seen.input() == null ? "" : "input ") + (seen.message() == null ? "" : "message ");
  }

  @Test
  void openingAnRfbConnectionIsNoInput() {
    openRfb();
    assertThat(seen()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 5, 6})
  void noByteOfAPasswordExchangeIsInput(int value) {
    // A security type, an answer to VNC's challenge, another type's, ClientInit.
    send(
        Frames.of()
            .masked(Frames.BINARY, "RFB 003.008\n")
            .masked(Frames.BINARY, 1, value)
            .masked(Frames.BINARY, 16, value)
            .masked(Frames.BINARY, 200, value)
            .masked(Frames.BINARY, 1, value));
    assertThat(seen()).isEmpty();
  }

  @Test
  void anIdleTabThatKeepsAskingForPixelsIsNoInput() {
    openRfb();
    send(Frames.of().masked(Frames.BINARY, 10, 3).masked(Frames.BINARY, 10, 150));
    send(Frames.of().masked(Frames.BINARY, 20, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3));
    send(Frames.of().masked(Frames.BINARY, 30, 248).masked(Frames.PING, 8, 4));
    assertThat(seen()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {6, 7, 11})
  void thePointerIsInput(int length) {
    openRfb();
    send(Frames.of().masked(Frames.BINARY, length, 5));
    assertThat(seen()).isEqualTo("input ");
  }

  @Test
  void aKeyIsInput() {
    openRfb();
    send(Frames.of().masked(Frames.BINARY, 8, 4));
    assertThat(seen()).isEqualTo("input ");
  }

  @Test
  void aKeyWithItsScanCodeIsInputAndQemusSoundIsNot() {
    openRfb();
    send(Frames.of().masked(Frames.BINARY, 12, 255, 1));
    assertThat(seen()).isEmpty();
    send(Frames.of().masked(Frames.BINARY, 12, 255, 0));
    assertThat(seen()).isEqualTo("input ");
  }

  @Test
  void inputBehindOtherMessagesOfTheSameFrameIsInput() {
    openRfb();
    send(Frames.of().masked(Frames.BINARY, 16, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 5));
    assertThat(seen()).isEqualTo("input ");
  }

  @Test
  void aClipboardIsAMessage() {
    openRfb();
    send(Frames.of().masked(Frames.BINARY, 17, 6));
    assertThat(seen()).isEqualTo("message ");
  }

  @Test
  void withoutRfbEveryMessageOfMoreThanSixteenBytesIsAMessage() {
    send(Frames.of().masked(Frames.BINARY, 16, 1).masked(Frames.TEXT, "{\"alive\":true}"));
    assertThat(seen()).isEmpty();
    send(Frames.of().masked(Frames.BINARY, 17, 1));
    assertThat(seen()).isEqualTo("message ");
  }

  @Test
  void aCompressedMessageIsNotLookedInto() {
    send(Frames.of().masked(0xc2, 8, 4));
    assertThat(seen()).isEmpty();
    send(Frames.of().masked(0xc2, 17, 4));
    assertThat(seen()).isEqualTo("message ");
  }

  @Test
  void inputIsSeenEvenIfTheOpeningWasNotUnderstood() {
    send(Frames.of().masked(Frames.BINARY, 8, 4));
    assertThat(seen()).isEqualTo("input ");
  }

  @Test
  void theBeginningOfAMessageInPiecesCounts() {
    openRfb();
    send(Frames.of().masked(Frames.BINARY_TO_BE_CONTINUED, 2, 5).masked(Frames.LAST, 4));
    assertThat(seen()).isEqualTo("input ");
  }
}
