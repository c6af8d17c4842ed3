package io.berth.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.berth.bench.process.FreePorts;
import io.berth.bench.upstream.Content;
import io.berth.bench.upstream.Upstream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Every kind of load against the upstream itself, briefly. */
@Timeout(30)
class LoadTest {

  private static final Duration SHORT = Duration.ofMillis(300);
  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final int PORT = FreePorts.block(2);

  @SuppressWarnings("NullAway.Init")
  private static Upstream upstream;

  @SuppressWarnings("NullAway.Init")
  private static Wire wire;

  @BeforeAll
  static void start() {
    upstream = new Upstream(PORT, 2);
    wire = new Wire();
  }

  @AfterAll
  static void stop() {
    wire.close();
    upstream.close();
  }

  @Test
  void smallRequestsAreAnsweredAndTimed() {
    RequestLoad.Outcome outcome = RequestLoad.small(wire, target(PORT)).run(4, SHORT);

    assertThat(outcome.perSecond()).isPositive();
    assertThat(outcome.latencies().micros(99)).isPositive();
    assertThat(outcome.seconds()).isBetween(0.3, 10.0);
  }

  @Test
  void downloadsCountTheirBodiesBytes() {
    RequestLoad.Outcome outcome = RequestLoad.large(wire, target(PORT + 1)).run(2, SHORT);

    assertThat(outcome.megabytes())
        .isEqualTo(outcome.latencies().count() * (double) Content.LARGE_LENGTH / 1e6);
    assertThat(outcome.latencies().count()).isPositive();
  }

  @Test
  void framesComeBackAsTheyWereSent() {
    RoundTripLoad.Outcome outcome = RoundTripLoad.run(wire, target(PORT), 3, SHORT);

    assertThat(outcome.latencies().count()).isGreaterThan(3);
  }

  @Test
  void theStreamIsMadeOfWholeFrames() {
    StreamLoad.Outcome outcome = StreamLoad.run(wire, target(PORT), 2, SHORT);

    assertThat(outcome.megabytesPerSecond()).isPositive();
    assertThat(outcome.megabytes()).isGreaterThan(0.065535);
  }

  @Test
  void tunnelsStayOpenAndDieInThreeWays() {
    Tunnels tunnels = new Tunnels(wire, target(PORT));

    tunnels.open(100, LIMIT);
    tunnels.echo(LIMIT);
    tunnels.echo(LIMIT);
    tunnels.kill(LIMIT);

    tunnels.open(1, LIMIT);
    tunnels.kill(LIMIT);
  }

  @Test
  void wrongAnswersGiveNoFigure() throws IOException {
    HttpServer other =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
    other.createContext(
        "/",
        exchange -> {
          byte[] body = new byte[Content.SMALL_LENGTH];
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    other.start();
    Target target = target(other.getAddress().getPort());
    try {
      assertThatThrownBy(() -> RequestLoad.small(wire, target).run(1, SHORT))
          .isInstanceOf(WrongAnswer.class)
          .hasMessageContaining("starts with other bytes");
      assertThatThrownBy(() -> RequestLoad.large(wire, target).run(1, SHORT))
          .isInstanceOf(WrongAnswer.class)
          .hasMessageContaining("length 2048");
      assertThatThrownBy(() -> RoundTripLoad.run(wire, target, 1, SHORT))
          .isInstanceOf(WrongAnswer.class)
          .hasMessageContaining("status 200");
      assertThatThrownBy(() -> StreamLoad.run(wire, target, 1, SHORT))
          .isInstanceOf(WrongAnswer.class);
      assertThatThrownBy(() -> new Tunnels(wire, target).open(2, LIMIT))
          .isInstanceOf(WrongAnswer.class);
    } finally {
      other.stop(0);
    }
  }

  @Test
  void nobodyListeningGivesNoFigure() {
    Target target = target(FreePorts.one());

    assertThatThrownBy(() -> RequestLoad.small(wire, target).run(1, SHORT))
        .isInstanceOf(WrongAnswer.class);
    assertThatThrownBy(
            () -> FirstAnswer.await(target, target.visitor(0), Duration.ofMillis(50), () -> true))
        .isInstanceOf(WrongAnswer.class)
        .hasMessageContaining("no right answer");
  }

  @Test
  void theFirstAnswerIsTheSmallOne() {
    Target target = target(PORT);

    FirstAnswer.await(target, target.visitor(0), LIMIT, () -> true);
  }

  private static Target target(int port) {
    return new Target(
        port, "127.0.0.1:" + port, List.of(new Visitor("alice-ubuntu-vscode", "token")));
  }
}
