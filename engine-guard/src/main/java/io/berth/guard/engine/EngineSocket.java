package io.berth.guard.engine;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.SocketAddress;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Requests to the engine, each written anew and on a connection of its own. */
public final class EngineSocket {

  private static final int CONNECT_MILLIS = 3000;
  private static final int AT_THE_SAME_TIME = 256;

  /** What is asked of the engine. */
  public record Asked(String method, String uri, Buffer body) {

    public static Asked of(String method, String uri) {
      return new Asked(method, uri, Buffer.buffer());
    }
  }

  /** What the engine said in full. */
  public record Said(int status, Buffer body) {

    public JsonObject json() {
      return body.toJsonObject();
    }
  }

  private final Vertx vertx;
  private final HttpClient client;
  private final SocketAddress address;

  public EngineSocket(Vertx vertx, Path socket) {
    this.vertx = vertx;
    this.address = SocketAddress.domainSocketAddress(socket.toString());
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setConnectTimeout(CONNECT_MILLIS)
                .setKeepAlive(false)
                .setMaxPoolSize(AT_THE_SAME_TIME));
  }

  /** Sends a request; the answer flows. {@code cancel} is handed what ends it early. */
  public Future<HttpClientResponse> send(Asked asked, Consumer<Runnable> cancel) {
    RequestOptions options =
        new RequestOptions()
            .setServer(address)
            .setHost("docker")
            .setPort(80)
            .setMethod(HttpMethod.valueOf(asked.method()))
            .setURI(asked.uri());
    return client
        .request(options)
        .compose(request -> {
          cancel.accept(() -> end(request));
          if (asked.body().length() > 0) {
            request.putHeader("Content-Type", "application/json");
          }
          return request.send(asked.body());
        });
  }

  /**
   * Sends a request whose answer is short. On an event loop, whoever asks: a body that comes before
   * another thread looks for it is lost.
   */
  public Future<Said> ask(Asked asked) {
    Promise<Said> said = Promise.promise();
    vertx
        .getOrCreateContext()
        .runOnContext(_ ->
            send(asked, cancel -> {})
                .compose(answer -> answer.body().map(body -> new Said(answer.statusCode(), body)))
                .onComplete(said));
    return said.future();
  }

  private static void end(HttpClientRequest request) {
    var _ = request.reset();
  }
}
