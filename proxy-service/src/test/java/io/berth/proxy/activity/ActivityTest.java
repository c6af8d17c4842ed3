package io.berth.proxy.activity;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.common.DesktopActivity;
import io.berth.proxy.route.Route;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ActivityTest {

  private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 5);
  private final Activity activity = new Activity(clock::get);

  private static Route route(long generation) {
    Route.Address address = new Route.Address("127.0.0.1", 7000, true, false);
    return new Route("alice-kasm", generation, "alice", address, "", "", true, List.of());
  }

  private void pass(Duration time) {
    clock.addAndGet(time.toNanos());
  }

  private List<DesktopActivity.Seen> seen() {
    return activity.seenBy("proxy-1", route -> true).desktops();
  }

  @Test
  void eachKindHasAnAgeOfItsOwnEvenWhereTheClockTurnsOver() {
    DesktopWatch watch = activity.of(route(7));
    watch.http();
    pass(Duration.ofSeconds(20));
    watch.message();
    pass(Duration.ofSeconds(10));

    assertThat(seen())
        .containsExactly(
            new DesktopActivity.Seen(7, 0, null, Duration.ofSeconds(30), Duration.ofSeconds(10)));
  }

  @Test
  void connectedIsWhatIsOpenNow() {
    DesktopWatch watch = activity.of(route(7));
    watch.opened();
    watch.opened();
    watch.closed();

    assertThat(seen().getFirst().connected()).isEqualTo(1);
  }

  @Test
  void aDesktopThatIsGoneIsForgottenWhateverItsAddress() {
    activity.of(route(7)).input();
    activity.of(route(8)).input();

    List<DesktopActivity.Seen> left =
        activity.seenBy("proxy-1", route -> route.generation() == 8).desktops();

    assertThat(left).extracting(DesktopActivity.Seen::generation).containsExactly(8L);
    assertThat(activity.size()).isEqualTo(1);
  }
}
