package io.berth.proxy.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.berth.proxy.rehearsal.Rehearsal;
import io.berth.proxy.route.Route;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RehearsalTest {

  /** As much as says whether each kind of visit goes well. */
  private static final int VISITS = 2;

  @Test
  void anEdgeThatRehearsesServesEveryKindOfVisitWithNothingButItselfRunning() throws IOException {
    int neighbours = Rehearsal.freePort();
    Map<String, String> configuration = Rehearsal.configuration(neighbours);
    Vertx vertx = Vertx.vertx();
    try (EdgeServer edge =
        new EdgeServer(
            EdgeUnderTest.config(configuration),
            Addresses.of(URI.create(configuration.get("berth.public-url")), Optional.empty()),
            PgConnectOptions.fromUri(configuration.get("quarkus.datasource.reactive.url"))
                .setUser("nobody")
                .setPassword("none"),
            vertx,
            new SimpleMeterRegistry())) {
      edge.start();

      assertThatCode(() -> new Rehearsal(stage(edge), neighbours, VISITS).play())
          .doesNotThrowAnyException();

      assertThat(edge.state().databaseConnected()).isFalse();
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().join();
    }
  }

  @Test
  void itListensOnTheLoopbackOnlyAndReachesNothingElse() {
    assertThat(Rehearsal.configuration(4711))
        .containsEntry("berth.proxy.host", "127.0.0.1")
        .containsEntry("quarkus.management.host", "127.0.0.1")
        .containsEntry("berth.proxy.allowed-upstreams", "127.0.0.1:1024-65535");
  }

  private static Rehearsal.Stage stage(EdgeServer edge) {
    return new Rehearsal.Stage() {
      @Override
      public int port() {
        return edge.port();
      }

      @Override
      public boolean knowsKeys() {
        return edge.state().keysKnown();
      }

      @Override
      public void publish(Route route) {
        edge.publish(route);
      }
    };
  }
}
