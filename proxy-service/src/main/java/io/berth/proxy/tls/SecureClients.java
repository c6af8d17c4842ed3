package io.berth.proxy.tls;

import io.berth.proxy.http.ClientProtocol;
import io.berth.proxy.http.ClientSide;
import io.berth.proxy.http2.Http2Connection;
import io.berth.proxy.limit.Refusal;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ApplicationProtocolNegotiationHandler;
import io.netty.handler.ssl.SslHandler;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.Optional;

/** TLS on accepted sockets, and then the HTTP that the client prefers: 2 or 1.1. */
public final class SecureClients implements ClientProtocol, AutoCloseable {

  private static final long CLOSE_MILLIS = 1_000;

  private final CurrentCertificate certificate;

  private SecureClients(CurrentCertificate certificate) {
    this.certificate = certificate;
  }

  /**
   * TLS as configured, or nothing if no certificate is.
   *
   * @param http2 whether HTTP/2 is offered
   * @throws IllegalArgumentException if what is configured can't be used
   */
  public static Optional<SecureClients> of(TlsConfig config, boolean http2, Vertx vertx) {
    if (config.certificate().isEmpty() && config.key().isEmpty()) {
      if (config.redirectPort().isPresent() || config.hsts().isPresent()) {
        throw new IllegalArgumentException(
            "berth.proxy.tls.redirect-port and .hsts need berth.proxy.tls.certificate and .key");
      }
      return Optional.empty();
    }
    Path file = config.certificate().orElseThrow(SecureClients::incomplete);
    Path key = config.key().orElseThrow(SecureClients::incomplete);
    return Optional.of(
        new SecureClients(new CurrentCertificate(file, key, config.checkEvery(), http2, vertx)));
  }

  private static IllegalArgumentException incomplete() {
    return new IllegalArgumentException(
        "berth.proxy.tls.certificate and berth.proxy.tls.key are set together or not at all");
  }

  /** Looks after the files from now on. */
  public void watch() {
    certificate.watch();
  }

  @Override
  public void begin(ClientSide side, Channel accepted) {
    SslHandler tls = certificate.context().newHandler(accepted.alloc());
    tls.setHandshakeTimeoutMillis(side.config().headDeadline().toMillis());
    tls.setCloseNotifyFlushTimeoutMillis(CLOSE_MILLIS);
    accepted.pipeline().addLast(tls, new Agreed(side));
  }

  /** An answer would need a handshake first, which is what there is too much of. */
  // Closing an accepted socket has no other outcome.
  @SuppressWarnings("FutureReturnValueIgnored")
  @Override
  public void refuse(Channel accepted, Refusal refusal) {
    accepted.close();
  }

  @Override
  public void close() {
    certificate.close();
  }

  /** Puts on the socket what TLS' handshake agreed on. */
  private static final class Agreed extends ApplicationProtocolNegotiationHandler {

    private final ClientSide side;

    Agreed(ClientSide side) {
      super(ApplicationProtocolNames.HTTP_1_1);
      this.side = side;
    }

    @Override
    protected void configurePipeline(ChannelHandlerContext ctx, String protocol) {
      if (protocol.equals(ApplicationProtocolNames.HTTP_2)) {
        Http2Connection.install(side, ctx.channel());
      } else {
        side.speakHttp1(ctx.channel());
      }
    }

    @Override
    protected void handshakeFailure(ChannelHandlerContext ctx, Throwable cause) {
      // A probe, or a client that trusts another certificate: nothing that could be mended here.
      var _ = ctx.close();
    }
  }
}
