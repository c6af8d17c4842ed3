package io.berth.session.container.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.httpclient5.ApacheDockerHttpClient;
import io.berth.session.container.RuntimeUnavailable;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Function;

/** The connection to the engine: one client for calls, one for streams, which may be silent. */
@ApplicationScoped
class Engine {

  private static final Duration CONNECT = Duration.ofSeconds(3);
  private static final Duration PING = Duration.ofSeconds(3);

  private final String host;
  private final DockerClient calls;
  private final DockerClient streams;
  private final DockerClient pings;

  Engine(DockerConfig config) {
    this.host = config.host();
    DockerClientConfig client =
        DefaultDockerClientConfig.createDefaultConfigBuilder().withDockerHost(host).build();
    this.calls = connect(client, config.callTimeout());
    this.streams = connect(client, Duration.ZERO);
    this.pings = connect(client, PING);
  }

  /** Where the engine is said to be. */
  String host() {
    return host;
  }

  /** Calls the engine and tells "it is not there" from its answers. */
  <T> T call(Function<DockerClient, T> call) {
    return reach(calls, call);
  }

  /** As {@link #call}, for answers that flow for a long time. */
  <T> T stream(Function<DockerClient, T> call) {
    return reach(streams, call);
  }

  /** Returns if the engine answers soon. */
  void ping() {
    reach(pings, client -> client.pingCmd().exec());
  }

  RuntimeUnavailable unavailable(Throwable cause) {
    return new RuntimeUnavailable("the container engine at " + host + " does not answer", cause);
  }

  private <T> T reach(DockerClient client, Function<DockerClient, T> call) {
    try {
      return call.apply(client);
    } catch (DockerException e) {
      throw e; // an answer
    } catch (RuntimeException e) {
      if (isOutage(e)) {
        throw unavailable(e);
      }
      throw e;
    }
  }

  /** The transport wraps what it meets on the socket into plain runtime exceptions. */
  static boolean isOutage(Throwable failure) {
    Throwable cause = failure;
    for (int depth = 0; depth < 10 && cause != null; depth++) {
      if (cause instanceof IOException || cause instanceof com.sun.jna.LastErrorException) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }

  private static DockerClient connect(DockerClientConfig config, Duration responseTimeout) {
    return DockerClientImpl.getInstance(
        config,
        new ApacheDockerHttpClient.Builder()
            .dockerHost(config.getDockerHost())
            .sslConfig(config.getSSLConfig())
            .maxConnections(64)
            .connectionTimeout(CONNECT)
            .responseTimeout(responseTimeout)
            .build());
  }

  @PreDestroy
  void close() throws IOException {
    calls.close();
    streams.close();
    pings.close();
  }
}
