package io.berth.proxy.forward;

import io.berth.common.Problem;
import io.berth.proxy.http.BodyReceiver;
import io.berth.proxy.http.Exchange;
import io.berth.proxy.http.Trailers;
import io.berth.proxy.http.Transport;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import org.jspecify.annotations.Nullable;

/**
 * One exchange on its way to an upstream and back, streaming both ways: what one end can't take yet
 * is not read from the other.
 */
// What fails closes its channel, and that is heard of.
@SuppressWarnings("FutureReturnValueIgnored")
final class Forwarding implements BodyReceiver {

  private final Exchange exchange;
  private final Upstream upstream;
  private final Translation translation;
  private final Forwarder forwarder;
  private final ConnectionPool pool;
  private @Nullable UpstreamConnection connection;
  private boolean begun;
  private boolean over;
  private boolean interim;
  private boolean reusable;
  private long bodyBytes;
  private int unsent;

  Forwarding(Exchange exchange, Upstream upstream, Translation translation, Forwarder forwarder) {
    this.exchange = exchange;
    this.upstream = upstream;
    this.translation = translation;
    this.forwarder = forwarder;
    this.pool = forwarder.poolOf(exchange.channel().eventLoop());
  }

  void begin() {
    long length = HttpUtil.getContentLength(exchange.request(), -1L);
    if (length > translation.maxBody()) {
      tooLarge();
      return;
    }
    exchange.receiver(this);
    exchange.goesTo(upstream.address());
    UpstreamConnection waiting = pool.take(upstream.key());
    if (waiting == null) {
      dial();
    } else {
      send(waiting);
    }
  }

  private void dial() {
    EventLoop loop = exchange.channel().eventLoop();
    UpstreamConnection[] fresh = new UpstreamConnection[1];
    forwarder
        .dialer()
        .dial(
            loop,
            upstream,
            () -> {
              fresh[0] = new UpstreamConnection(pool, upstream.key());
              return fresh[0].handlers();
            },
            new Dialer.Outcome() {
              @Override
              public void connected(Channel channel) {
                if (over) {
                  channel.close();
                } else {
                  send(fresh[0]);
                }
              }

              @Override
              public void failed(Throwable cause) {
                fail("upstream-connect", Translation.Unavailable.UNREACHABLE);
              }
            });
  }

  private void send(UpstreamConnection to) {
    connection = to;
    to.begin(this, translation.request(exchange));
    to.channel().flush();
    if (exchange.hasBody()) {
      exchange.flow(true);
    }
  }

  // --- the request's body

  @Override
  public void received(HttpContent content) {
    UpstreamConnection to = connection;
    bodyBytes += content.content().readableBytes();
    if (over || to == null) {
      content.release();
      return;
    }
    if (bodyBytes > translation.maxBody()) {
      content.release();
      tooLarge();
      return;
    }
    if (content instanceof LastHttpContent last) {
      Trailers.clean(last);
    }
    to.body(content);
    if (!to.channel().isWritable()) {
      exchange.flow(false);
    }
  }

  private void tooLarge() {
    exchange.failedBy("body-too-large");
    finish(false);
    if (exchange.answered()) {
      exchange.abort();
    } else {
      exchange.respond(
          Problem.of(
              "body-too-large",
              "Too much at once",
              413,
              "A request may carry at most %d bytes here.".formatted(translation.maxBody()),
              "Send less."));
    }
  }

  void upstreamWritable(boolean writable) {
    if (!over) {
      exchange.flow(writable);
    }
  }

  // --- the answer

  void answer(HttpResponse response) {
    if (response.decoderResult().isFailure()
        || response.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS)) {
      fail("upstream-malformed", Translation.Unavailable.BROKE_OFF);
      return;
    }
    if (response.status().codeClass() == HttpStatusClass.INFORMATIONAL) {
      interim = true;
      exchange.interim(response);
      return;
    }
    UpstreamConnection from = connection;
    if (from != null) {
      from.answered();
    }
    begun = true;
    HttpHeaders headers = translation.answer(exchange, response);
    if (exchange.answered()) {
      finish(false);
      return;
    }
    boolean empty = hasNoBody(response.status());
    boolean framed =
        headers.contains("Content-Length") || HttpUtil.isTransferEncodingChunked(response);
    reusable =
        HttpUtil.isKeepAlive(response)
            && (framed || empty)
            && (!exchange.hasBody() || exchange.requestComplete());
    if (HttpUtil.isTransferEncodingChunked(response)) {
      headers.remove("Content-Length");
    }
    if (!empty && !headers.contains("Content-Length")) {
      // HTTP/1.0 clients read to the end of the connection, which is closed after them.
      if (exchange.request().protocolVersion().equals(HttpVersion.HTTP_1_1)) {
        headers.set("Transfer-Encoding", "chunked");
      }
    }
    exchange.start(new DefaultHttpResponse(HttpVersion.HTTP_1_1, response.status(), headers));
  }

  private boolean hasNoBody(HttpResponseStatus status) {
    return exchange.request().method().equals(HttpMethod.HEAD)
        || status.equals(HttpResponseStatus.NO_CONTENT)
        || status.equals(HttpResponseStatus.NOT_MODIFIED);
  }

  void content(HttpContent content) {
    if (interim && content instanceof LastHttpContent && !begun) {
      interim = false;
      content.release();
      return;
    }
    if (over) {
      content.release();
      return;
    }
    if (content.decoderResult().isFailure()) {
      content.release();
      fail("upstream-malformed", Translation.Unavailable.BROKE_OFF);
      return;
    }
    if (content instanceof LastHttpContent last) {
      UpstreamConnection from = connection;
      boolean keep = reusable && (!exchange.hasBody() || exchange.requestComplete());
      // The end is passed on before the connection may serve another.
      over = true;
      connection = null;
      if (from != null) {
        from.done(keep);
      }
      Trailers.clean(last);
      exchange.end(last);
    } else {
      unsent += content.content().readableBytes();
      exchange.send(content.content());
      if (unsent >= Transport.SENT_AT_ONCE) {
        readComplete();
      }
    }
  }

  void readComplete() {
    unsent = 0;
    UpstreamConnection from = connection;
    if (!over && begun && from != null) {
      exchange.flush();
      if (!exchange.writable()) {
        from.channel().config().setAutoRead(false);
      }
    }
  }

  @Override
  public void clientWritable() {
    UpstreamConnection from = connection;
    if (from != null) {
      from.channel().config().setAutoRead(true);
    }
  }

  // --- ends before the end

  @Override
  public void clientGone() {
    finish(false);
  }

  void upstreamGone() {
    UpstreamConnection gone = connection;
    connection = null;
    if (over) {
      return;
    }
    boolean neverSeen = !begun && gone != null && gone.reused();
    HttpMethod method = exchange.request().method();
    if (neverSeen
        && !exchange.hasBody()
        && (method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD))) {
      // It closed while our request was on its way to it (RFC 9112 section 9.3.1): once anew.
      pool.drop(upstream.key());
      dial();
      return;
    }
    if (!begun) {
      // Docker's own proxy takes connections for a desktop that is not there any more.
      forwarder.dialer().brokeOff(upstream);
    }
    fail("upstream-closed", Translation.Unavailable.BROKE_OFF);
  }

  /** The upstream took too long to begin its answer. */
  void silent() {
    fail("upstream-silent", Translation.Unavailable.SILENT);
  }

  private void fail(String cause, Translation.Unavailable why) {
    if (over) {
      return;
    }
    exchange.failedBy(cause);
    forwarder.metrics().failed(cause);
    finish(false);
    if (exchange.answered()) {
      exchange.abort();
    } else if (!exchange.finished()) {
      translation.unavailable(exchange, why);
    }
  }

  private void finish(boolean keep) {
    over = true;
    UpstreamConnection open = connection;
    connection = null;
    if (open != null) {
      open.done(keep);
    }
  }
}
