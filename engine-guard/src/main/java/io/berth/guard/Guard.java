package io.berth.guard;

import io.berth.guard.call.Call;
import io.berth.guard.call.Calls;
import io.berth.guard.engine.EngineSocket;
import io.berth.guard.rule.Refused;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.SocketAddress;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Serves the engine's API on a socket of its own: {@code read → permit → pass on}. Nothing of what
 * the client wrote reaches the engine; each call is written anew.
 */
@ApplicationScoped
class Guard {

  private static final Logger LOG = Logger.getLogger(Guard.class);
  private static final int MAX_BODY = 256 * 1024;

  private final Path listen;
  private final Permission permission;
  private final EngineSocket engine;
  private final Vertx vertx;
  private @Nullable HttpServer server;

  Guard(Vertx vertx, GuardConfig config) {
    this.vertx = vertx;
    this.listen = config.guard().listen();
    this.engine = new EngineSocket(vertx, config.guard().engine());
    this.permission = new Permission(config, engine);
  }

  /** The engine that it speaks to. */
  EngineSocket engine() {
    return engine;
  }

  void start(@Observes StartupEvent started) throws IOException {
    Files.deleteIfExists(listen); // of a guard that was killed
    server =
        vertx
            .createHttpServer(new HttpServerOptions().setHandle100ContinueAutomatically(true))
            .requestHandler(this::handle)
            .listen(SocketAddress.domainSocketAddress(listen.toString()))
            .toCompletionStage()
            .toCompletableFuture()
            .join();
    Files.setPosixFilePermissions(listen, PosixFilePermissions.fromString("rw-rw----"));
    LOG.infof("socket=%s open; next step: BERTH_DOCKER_HOST=unix://%s", listen, listen);
  }

  void stop(@Observes ShutdownEvent stopped) {
    if (server != null) {
      server.close().toCompletionStage().toCompletableFuture().join();
    }
  }

  private void handle(HttpServerRequest request) {
    Future<Buffer> body = bodyOf(request);
    Call call;
    try {
      call = Calls.read(request.method().name(), request.uri());
    } catch (Refused e) {
      refuse(request, e);
      return;
    }
    body.compose(bytes -> permission.of(call, bytes))
        .onSuccess(asked -> passOn(request, asked))
        .onFailure(e -> refuse(request, e));
  }

  private static Future<Buffer> bodyOf(HttpServerRequest request) {
    Buffer body = Buffer.buffer();
    io.vertx.core.Promise<Buffer> whole = io.vertx.core.Promise.promise();
    request.handler(bytes -> {
      if (body.length() + bytes.length() > MAX_BODY) {
        whole.tryFail(new Refused("the body is larger than " + MAX_BODY + " bytes"));
      } else {
        body.appendBuffer(bytes);
      }
    });
    request.endHandler(end -> whole.tryComplete(body));
    request.exceptionHandler(whole::tryFail);
    return whole.future();
  }

  private void passOn(HttpServerRequest request, EngineSocket.Asked asked) {
    HttpServerResponse response = request.response();
    engine
        .send(asked, cancel -> response.closeHandler(gone -> cancel.run()))
        .onSuccess(answer -> {
          response.setStatusCode(answer.statusCode());
          String type = answer.getHeader("Content-Type");
          if (type != null) {
            response.putHeader("Content-Type", type);
          }
          String length = answer.getHeader("Content-Length");
          if (length == null) {
            response.setChunked(true);
          } else {
            response.putHeader("Content-Length", length);
          }
          var _ = answer.pipeTo(response).onFailure(e -> response.reset());
        })
        .onFailure(e -> {
          LOG.warnf(
              "the engine does not answer (%s); next step: look whether it runs", e.getMessage());
          answer(response, 503, "the container engine does not answer");
        });
  }

  private static void refuse(HttpServerRequest request, Throwable reason) {
    if (reason instanceof Refused) {
      LOG.warnf("refused %s %s: %s", request.method(), request.path(), reason.getMessage());
      answer(request.response(), 403, "refused by Berth's engine guard: " + reason.getMessage());
    } else {
      answer(request.response(), 503, "the container engine does not answer");
    }
  }

  private static void answer(HttpServerResponse response, int status, String message) {
    if (!response.ended() && !response.closed()) {
      var _ =
          response
              .setStatusCode(status)
              .putHeader("Content-Type", "application/json")
              .end(new JsonObject().put("message", message).encode());
    }
  }
}
