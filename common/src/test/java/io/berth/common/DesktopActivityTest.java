package io.berth.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DesktopActivityTest {

  private static final DesktopActivity.Seen WORKING =
      new DesktopActivity.Seen(42, 2, Duration.ofSeconds(7), Duration.ofSeconds(130), null);
  private static final DesktopActivity.Seen READING =
      new DesktopActivity.Seen(43, 0, null, Duration.ofSeconds(12), Duration.ZERO);

  @Test
  void isWrittenAsAgreed() {
    assertThat(new DesktopActivity("proxy-1", List.of(WORKING, READING)).payloads())
        .containsExactly("proxy-1 42:2:7:130:-,43:0:-:12:0");
  }

  @Test
  void readsWhatItWrites() {
    DesktopActivity activity = new DesktopActivity("proxy-1", List.of(WORKING, READING));
    assertThat(DesktopActivity.parse(activity.payloads().getFirst())).contains(activity);
  }

  @Test
  void aProxyThatSeesNobodySaysItsName() {
    DesktopActivity nobody = new DesktopActivity("proxy-1", List.of());
    assertThat(nobody.payloads()).containsExactly("proxy-1");
    assertThat(DesktopActivity.parse("proxy-1")).contains(nobody);
  }

  @Test
  void manyDesktopsTakeSeveralNotificationsOfWhichNoneIsTooLongAndNoneIsEmpty() {
    List<DesktopActivity.Seen> many =
        LongStream.range(0, 5_000)
            .mapToObj(n ->
                new DesktopActivity.Seen(
                    Long.MAX_VALUE / 10 - n, 3, Duration.ofSeconds(n), null, Duration.ofDays(n)))
            .toList();

    List<String> payloads = new DesktopActivity("p".repeat(51), many).payloads();

    assertThat(payloads).hasSizeGreaterThan(1).allMatch(payload -> payload.length() < 7_900);
    assertThat(payloads.stream().map(payload -> DesktopActivity.parse(payload).orElseThrow()))
        .allMatch(part -> part.instance().equals("p".repeat(51)) && !part.desktops().isEmpty())
        .flatExtracting(DesktopActivity::desktops)
        .containsExactlyElementsOf(many);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        " 42:2:7:130:-",
        "proxy 1 42:2:7:130:-",
        "proxy-1 ",
        "proxy-1 42:2:7:130",
        "proxy-1 42:2:7:130:-:-",
        "proxy-1 42:2:7:130:-,",
        "proxy-1 42:-:7:130:-",
        "proxy-1 -:1:7:130:-",
        "proxy-1 42:1:-7:130:-",
        "proxy-1 42:1:7.5:130:-",
        "proxy-1 9999999999999999999:1:7:130:-",
        "proxy'1"
      })
  void anythingElseIsNoActivity(String payload) {
    assertThat(DesktopActivity.parse(payload)).isEmpty();
  }

  @Test
  void aNameThatWouldNotBeReadBackIsNone() {
    assertThatThrownBy(() -> new DesktopActivity("proxy 1", List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
