package io.berth.proxy.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.proxy.http.Transport;
import io.berth.proxy.route.AllowedUpstreams;
import io.berth.proxy.route.Route;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoop;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DialerTest {

  /** The defaults. */
  @ConfigMapping(prefix = "test.dialer")
  interface Defaults extends UpstreamConfig {}

  private final Transport transport = new Transport(1);
  private final UpstreamConfig config =
      new SmallRyeConfigBuilder()
          .withMapping(Defaults.class)
          .withConverter(Duration.class, 200, new DurationConverter())
          .build()
          .getConfigMapping(Defaults.class);

  @AfterEach
  void close() {
    transport.close();
  }

  @Test
  void whatIsNotAllowedIsNeverDialledWhoeverPutItIntoTheTable() throws IOException {
    try (ServerSocket database = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
      assertThat(dial(database.getLocalPort(), "127.0.0.1:7000-8000")).contains("not an allowed");
      assertThat(dial(database.getLocalPort(), "127.0.0.1:1024-65535")).isEqualTo("connected");
      // The one connection that waits is that of the second attempt.
      database.accept().close();
      database.setSoTimeout(100);
      org.assertj.core.api.Assertions.assertThatThrownBy(database::accept)
          .isInstanceOf(java.net.SocketTimeoutException.class);
    }
  }

  private String dial(int port, String allowed) {
    Route route =
        new Route(
            "alice-a",
            port,
            "alice",
            new Route.Address("127.0.0.1", port, false, false),
            "",
            "",
            true,
            List.of());
    Dialer dialer =
        new Dialer(
            config,
            new AllowedUpstreams(List.of(allowed)),
            new Circuits(config, unreachable -> {}),
            transport);
    CompletableFuture<String> outcome = new CompletableFuture<>();
    dialer.dial(
        (EventLoop) transport.loops().iterator().next(),
        new Upstream.Desktop(route),
        () -> new ChannelHandler[0],
        new Dialer.Outcome() {
          @Override
          public void connected(Channel channel) {
            var _ = channel.close();
            outcome.complete("connected");
          }

          @Override
          public void failed(Throwable cause) {
            outcome.complete(String.valueOf(cause.getMessage()));
          }
        });
    return outcome.orTimeout(10, java.util.concurrent.TimeUnit.SECONDS).join();
  }
}
