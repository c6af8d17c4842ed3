package io.berth.proxy.edge;

import io.berth.proxy.route.Route;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The edge within Quarkus: begins and ends with it. */
@Singleton
public class RunningEdge {

  private final EdgeServer server;

  RunningEdge(
      EdgeConfig config,
      @ConfigProperty(name = "berth.public-url") URI publicUrl,
      DesktopDomainConfig desktopDomain,
      @ConfigProperty(name = "quarkus.datasource.reactive.url") String databaseUrl,
      @ConfigProperty(name = "quarkus.datasource.username") String databaseUser,
      @ConfigProperty(name = "quarkus.datasource.password") String databasePassword,
      Vertx vertx,
      MeterRegistry registry,
      @ConfigProperty(name = "quarkus.otel.sdk.disabled") boolean tracesOff,
      OpenTelemetry openTelemetry) {
    String uri =
        databaseUrl.startsWith("vertx-reactive:") ? databaseUrl.substring(15) : databaseUrl;
    PgConnectOptions database =
        PgConnectOptions.fromUri(uri).setUser(databaseUser).setPassword(databasePassword);
    server =
        new EdgeServer(
            config,
            Addresses.of(publicUrl, desktopDomain.desktopDomain()),
            database,
            vertx,
            registry);
    if (!tracesOff) {
      server.trace(openTelemetry.getTracer("io.berth.proxy"));
    }
  }

  void begin(@Observes StartupEvent event) throws IOException {
    server.start();
  }

  void end(@Observes ShutdownEvent event) {
    server.close();
  }

  /** The port it listens on. */
  public int port() {
    return server.port();
  }

  /** Adds a route that no database knows of. */
  public void publish(Route route) {
    server.publish(route);
  }

  /** How the edge is. */
  public EdgeServer.State state() {
    return server.state();
  }
}
